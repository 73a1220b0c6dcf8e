using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// Some vectors that a tile keeps side by side, in registers: one, two or four. Tiles are written once over it; the compiler makes each anew for every
/// strip, as a struct
/// has code of its own, and holds its fields in registers as if they were named.
/// </summary>
/// <typeparam name="TSelf">The strip.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface IStrip<TSelf, T>
    where TSelf : struct, IStrip<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The vectors at <paramref name="at"/>, each <paramref name="step"/> numbers after the one before.</summary>
    static abstract TSelf Load(ref T at, nint step);

    /// <summary>One vector everywhere.</summary>
    static abstract TSelf Fill(Vector512<T> value);

    /// <summary>Adds factor * x in place (a new strip would cost the compiler moves), rounded once.</summary>
    void Add(Vector512<T> factor, TSelf x);

    /// <summary>Writes the vectors to <paramref name="to"/>, each <paramref name="step"/> numbers after the one before.</summary>
    static abstract void Store(TSelf strip, ref T to, nint step);
}
