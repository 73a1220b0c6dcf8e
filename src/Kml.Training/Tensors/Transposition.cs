using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kml.Training.Tensors;

/// <summary>Turns squares of numbers, a vector wide and high: rows in one piece into rows across vectors, and back.</summary>
internal static class Transposition
{
    /// <summary>to[e][k] = the number e after from[offsets[k]], for every k of a vector and every e below <paramref name="count"/>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="from">What offsets count from; a whole vector is read at each.</param>
    /// <param name="offsets">As many as a vector has numbers.</param>
    /// <param name="to">Where the first vector goes.</param>
    /// <param name="stride">Numbers from one vector to the next.</param>
    /// <param name="count">Vectors that are written, at most as many as one has numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square<T>(ref T from, ref nint offsets, ref T to, nint stride, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && Avx512F.IsSupported)
        {
            Square(ref Unsafe.As<T, float>(ref from), ref offsets, ref Unsafe.As<T, float>(ref to), stride, count);
            return;
        }

        for (int k = 0; k < Vector512<T>.Count; k++)
        {
            ref T row = ref Unsafe.Add(ref from, Unsafe.Add(ref offsets, k));
            for (int e = 0; e < count; e++)
                Unsafe.Add(ref to, (e * stride) + k) = Unsafe.Add(ref row, e);
        }
    }

    /// <summary>In four rounds: pairs of numbers within a quarter vector, pairs of pairs, then quarters, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Square(ref float from, ref nint offsets, ref float to, nint stride, int count)
    {
        Four(ref from, ref offsets, 0, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Four(ref from, ref offsets, 4, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Four(ref from, ref offsets, 8, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Four(ref from, ref offsets, 12, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        Quarters(a0, b0, c0, d0, ref to, stride, 0, count);
        Quarters(a1, b1, c1, d1, ref to, stride, 1, count);
        Quarters(a2, b2, c2, d2, ref to, stride, 2, count);
        Quarters(a3, b3, c3, d3, ref to, stride, 3, count);
    }

    /// <summary>Four rows: quarter q of result e holds number 4 q + e of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        ref float from,
        ref nint offsets,
        int first,
        out Vector512<float> e0,
        out Vector512<float> e1,
        out Vector512<float> e2,
        out Vector512<float> e3)
    {
        Vector512<float> r0 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, Unsafe.Add(ref offsets, first)));
        Vector512<float> r1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, Unsafe.Add(ref offsets, first + 1)));
        Vector512<float> r2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, Unsafe.Add(ref offsets, first + 2)));
        Vector512<float> r3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, Unsafe.Add(ref offsets, first + 3)));
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble(), high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble(), high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        e0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        e1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        e2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        e3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Puts quarter q of four vectors together, to results 4 q + e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float to, nint stride, int e, int count)
    {
        Vector512<float> ab02 = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), cd02 = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00);
        if (e < count)
            Avx512F.Shuffle4x128(ab02, cd02, 0b10_00_10_00).StoreUnsafe(ref Unsafe.Add(ref to, e * stride));
        if (e + 8 < count)
            Avx512F.Shuffle4x128(ab02, cd02, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref to, (e + 8) * stride));
        if (e + 4 >= count)
            return;
        Vector512<float> ab13 = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01), cd13 = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(ab13, cd13, 0b10_00_10_00).StoreUnsafe(ref Unsafe.Add(ref to, (e + 4) * stride));
        if (e + 12 < count)
            Avx512F.Shuffle4x128(ab13, cd13, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref to, (e + 12) * stride));
    }
}
