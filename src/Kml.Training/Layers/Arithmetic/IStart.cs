using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>What the sums of a tile begin with.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IStart<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The strip that the sums of a unit begin with.</summary>
    /// <typeparam name="TStrip">The strip.</typeparam>
    /// <param name="start">The first unit's.</param>
    /// <param name="unit">From there to this unit's.</param>
    /// <param name="step">From one vector's to the next's.</param>
    /// <returns>The strip.</returns>
    static abstract TStrip Of<TStrip>(ref T start, nint unit, nint step)
        where TStrip : struct, IStrip<TStrip, T>;
}

/// <summary>Zero; there is no start in memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct FromZero<T> : IStart<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TStrip Of<TStrip>(ref T start, nint unit, nint step)
        where TStrip : struct, IStrip<TStrip, T> => TStrip.Fill(Vector512<T>.Zero);
}

/// <summary>A number a unit, for all rows.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct FromNumbers<T> : IStart<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TStrip Of<TStrip>(ref T start, nint unit, nint step)
        where TStrip : struct, IStrip<TStrip, T> => TStrip.Fill(Vector512.Create(Unsafe.Add(ref start, unit)));
}

/// <summary>Vectors.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct FromVectors<T> : IStart<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TStrip Of<TStrip>(ref T start, nint unit, nint step)
        where TStrip : struct, IStrip<TStrip, T> => TStrip.Load(ref Unsafe.Add(ref start, unit), step);
}
