using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// The tiles of all products of weights with rows: y[p][row] = start[p][row] + sum over q of w[p * unit + q * term] * x[q][row], for one, two, four or
/// eight units and a strip
/// of rows. Sums stay in registers and run in the order of q whatever the tile.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TStart">What sums begin with.</typeparam>
/// <typeparam name="TStrip">The rows.</typeparam>
internal static class ProductTile<T, TStart, TStrip>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TStart : struct, IStart<T>
    where TStrip : struct, IStrip<TStrip, T>
{
    /// <summary>One unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void One(ref T w, nint term, ref T start, nint startStep, ref T x, ref T y, int terms, nint pitch)
    {
        nint lanes = Vector512<T>.Count;
        TStrip a = TStart.Of<TStrip>(ref start, 0, startStep);
        for (; terms > 0; terms--)
        {
            TStrip value = TStrip.Load(ref x, lanes);
            a.Add(Vector512.Create(w), value);
            w = ref Unsafe.Add(ref w, term);
            x = ref Unsafe.Add(ref x, pitch);
        }

        TStrip.Store(a, ref y, lanes);
    }

    /// <summary>Two units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Two(ref T w, nint unit, nint term, ref T start, nint startUnit, nint startStep, ref T x, ref T y, int terms, nint pitch)
    {
        nint lanes = Vector512<T>.Count;
        TStrip a = TStart.Of<TStrip>(ref start, 0, startStep), b = TStart.Of<TStrip>(ref start, startUnit, startStep);
        for (; terms > 0; terms--)
        {
            TStrip value = TStrip.Load(ref x, lanes);
            a.Add(Vector512.Create(w), value);
            b.Add(Vector512.Create(Unsafe.Add(ref w, unit)), value);
            w = ref Unsafe.Add(ref w, term);
            x = ref Unsafe.Add(ref x, pitch);
        }

        TStrip.Store(a, ref y, lanes);
        TStrip.Store(b, ref Unsafe.Add(ref y, pitch), lanes);
    }

    /// <summary>Four units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Four(ref T w, nint unit, nint term, ref T start, nint startUnit, nint startStep, ref T x, ref T y, int terms, nint pitch)
    {
        nint lanes = Vector512<T>.Count;
        TStrip a = TStart.Of<TStrip>(ref start, 0, startStep), b = TStart.Of<TStrip>(ref start, startUnit, startStep);
        TStrip c = TStart.Of<TStrip>(ref start, 2 * startUnit, startStep), d = TStart.Of<TStrip>(ref start, 3 * startUnit, startStep);
        for (; terms > 0; terms--)
        {
            TStrip value = TStrip.Load(ref x, lanes);
            a.Add(Vector512.Create(w), value);
            b.Add(Vector512.Create(Unsafe.Add(ref w, unit)), value);
            c.Add(Vector512.Create(Unsafe.Add(ref w, 2 * unit)), value);
            d.Add(Vector512.Create(Unsafe.Add(ref w, 3 * unit)), value);
            w = ref Unsafe.Add(ref w, term);
            x = ref Unsafe.Add(ref x, pitch);
        }

        TStrip.Store(a, ref y, lanes);
        TStrip.Store(b, ref Unsafe.Add(ref y, pitch), lanes);
        TStrip.Store(c, ref Unsafe.Add(ref y, 2 * pitch), lanes);
        TStrip.Store(d, ref Unsafe.Add(ref y, 3 * pitch), lanes);
    }

    /// <summary>Eight units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Eight(ref T w, nint unit, nint term, ref T start, nint startUnit, nint startStep, ref T x, ref T y, int terms, nint pitch)
    {
        nint lanes = Vector512<T>.Count;
        TStrip a = TStart.Of<TStrip>(ref start, 0, startStep), b = TStart.Of<TStrip>(ref start, startUnit, startStep);
        TStrip c = TStart.Of<TStrip>(ref start, 2 * startUnit, startStep), d = TStart.Of<TStrip>(ref start, 3 * startUnit, startStep);
        TStrip e = TStart.Of<TStrip>(ref start, 4 * startUnit, startStep), f = TStart.Of<TStrip>(ref start, 5 * startUnit, startStep);
        TStrip g = TStart.Of<TStrip>(ref start, 6 * startUnit, startStep), h = TStart.Of<TStrip>(ref start, 7 * startUnit, startStep);
        for (; terms > 0; terms--)
        {
            TStrip value = TStrip.Load(ref x, lanes);
            ref T half = ref Unsafe.Add(ref w, 4 * unit);
            a.Add(Vector512.Create(w), value);
            b.Add(Vector512.Create(Unsafe.Add(ref w, unit)), value);
            c.Add(Vector512.Create(Unsafe.Add(ref w, 2 * unit)), value);
            d.Add(Vector512.Create(Unsafe.Add(ref w, 3 * unit)), value);
            e.Add(Vector512.Create(half), value);
            f.Add(Vector512.Create(Unsafe.Add(ref half, unit)), value);
            g.Add(Vector512.Create(Unsafe.Add(ref half, 2 * unit)), value);
            h.Add(Vector512.Create(Unsafe.Add(ref half, 3 * unit)), value);
            w = ref Unsafe.Add(ref w, term);
            x = ref Unsafe.Add(ref x, pitch);
        }

        TStrip.Store(a, ref y, lanes);
        TStrip.Store(b, ref Unsafe.Add(ref y, pitch), lanes);
        TStrip.Store(c, ref Unsafe.Add(ref y, 2 * pitch), lanes);
        TStrip.Store(d, ref Unsafe.Add(ref y, 3 * pitch), lanes);
        y = ref Unsafe.Add(ref y, 4 * pitch);
        TStrip.Store(e, ref y, lanes);
        TStrip.Store(f, ref Unsafe.Add(ref y, pitch), lanes);
        TStrip.Store(g, ref Unsafe.Add(ref y, 2 * pitch), lanes);
        TStrip.Store(h, ref Unsafe.Add(ref y, 3 * pitch), lanes);
    }
}
