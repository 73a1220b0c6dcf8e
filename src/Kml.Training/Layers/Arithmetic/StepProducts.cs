using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// Products of weights with one step of a batch, and of two histories of steps. A step is [unit][vector of rows].
/// Sums stay in registers, eight units by two vectors at a time; where a tile would overhang it begins earlier and computes some units twice, to the same bits.
/// </summary>
internal static class StepProducts
{
    private const int Tile = 8;

    /// <summary>y[j][v] = start[j][v] + sum over k of w[k * kStride + j * jStride] * x[k][v], k ascending.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="w">The weights.</param>
    /// <param name="kStride">From a weight to that of the next term.</param>
    /// <param name="jStride">From a weight to that of the next result.</param>
    /// <param name="x">What is multiplied.</param>
    /// <param name="terms">How many k there are.</param>
    /// <param name="start">What is added to; may be the result's own memory.</param>
    /// <param name="unitStride">From one j's start to the next's: 0 for one start for all.</param>
    /// <param name="vectorStride">From one v's start to the next's: 0 for one start for all.</param>
    /// <param name="y">Receives the result; shares nothing with x.</param>
    /// <param name="results">How many j there are.</param>
    /// <param name="vectors">Vectors of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Step<T>(
        ref T w,
        int kStride,
        int jStride,
        ref Vector512<T> x,
        int terms,
        ref Vector512<T> start,
        int unitStride,
        int vectorStride,
        ref Vector512<T> y,
        int results,
        int vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A start in the result's own memory must be read before it is written: then no tile may overlap another.
        bool own = Unsafe.AreSame(ref start, ref y);
        int j = 0;
        while (j < results)
        {
            bool tile = results - j >= Tile || (results >= Tile && !own);
            if (tile && results - j < Tile)
                j = results - Tile;
            ref T weights = ref Unsafe.Add(ref w, j * jStride);
            ref Vector512<T> from = ref Unsafe.Add(ref start, j * unitStride), to = ref Unsafe.Add(ref y, j * vectors);
            int v = 0;
            for (; tile && v + 2 <= vectors; v += 2)
                Tile8x2(ref weights, kStride, jStride, ref Unsafe.Add(ref x, v), terms, ref Unsafe.Add(ref from, v * vectorStride), unitStride, vectorStride, ref Unsafe.Add(ref to, v), vectors);
            for (; v < vectors; v++)
            {
                if (tile)
                    Tile8x1(ref weights, kStride, jStride, ref Unsafe.Add(ref x, v), terms, ref Unsafe.Add(ref from, v * vectorStride), unitStride, ref Unsafe.Add(ref to, v), vectors);
                else
                    Unsafe.Add(ref to, v) = Dot(ref weights, kStride, ref Unsafe.Add(ref x, v), terms, Unsafe.Add(ref from, v * vectorStride), vectors);
            }

            j += tile ? Tile : 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Dot<T>(ref T w, int kStride, ref Vector512<T> x, int terms, Vector512<T> sum, int vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < terms; k++)
            sum = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, k * kStride)), Unsafe.Add(ref x, k * vectors), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1<T>(ref T w, nint kStride, nint jStride, ref Vector512<T> x, int terms, ref Vector512<T> start, nint unitStride, ref Vector512<T> y, nint vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> a0 = start, a1 = Unsafe.Add(ref start, unitStride), a2 = Unsafe.Add(ref start, 2 * unitStride), a3 = Unsafe.Add(ref start, 3 * unitStride);
        Vector512<T> a4 = Unsafe.Add(ref start, 4 * unitStride), a5 = Unsafe.Add(ref start, 5 * unitStride), a6 = Unsafe.Add(ref start, 6 * unitStride), a7 = Unsafe.Add(ref start, 7 * unitStride);
        for (int k = 0; k < terms; k++)
        {
            Vector512<T> at = x;
            a0 = VectorMath.MultiplyAdd(Vector512.Create(w), at, a0);
            a1 = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, jStride)), at, a1);
            a2 = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 2 * jStride)), at, a2);
            a3 = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 3 * jStride)), at, a3);
            a4 = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 4 * jStride)), at, a4);
            a5 = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 5 * jStride)), at, a5);
            a6 = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 6 * jStride)), at, a6);
            a7 = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 7 * jStride)), at, a7);
            w = ref Unsafe.Add(ref w, kStride);
            x = ref Unsafe.Add(ref x, vectors);
        }

        y = a0;
        Unsafe.Add(ref y, vectors) = a1;
        Unsafe.Add(ref y, 2 * vectors) = a2;
        Unsafe.Add(ref y, 3 * vectors) = a3;
        Unsafe.Add(ref y, 4 * vectors) = a4;
        Unsafe.Add(ref y, 5 * vectors) = a5;
        Unsafe.Add(ref y, 6 * vectors) = a6;
        Unsafe.Add(ref y, 7 * vectors) = a7;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2<T>(
        ref T w,
        nint kStride,
        nint jStride,
        ref Vector512<T> x,
        int terms,
        ref Vector512<T> start,
        nint unitStride,
        nint vectorStride,
        ref Vector512<T> y,
        nint vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref Vector512<T> next = ref Unsafe.Add(ref start, vectorStride);
        Vector512<T> a0 = start, a1 = Unsafe.Add(ref start, unitStride), a2 = Unsafe.Add(ref start, 2 * unitStride), a3 = Unsafe.Add(ref start, 3 * unitStride);
        Vector512<T> a4 = Unsafe.Add(ref start, 4 * unitStride), a5 = Unsafe.Add(ref start, 5 * unitStride), a6 = Unsafe.Add(ref start, 6 * unitStride), a7 = Unsafe.Add(ref start, 7 * unitStride);
        Vector512<T> b0 = next, b1 = Unsafe.Add(ref next, unitStride), b2 = Unsafe.Add(ref next, 2 * unitStride), b3 = Unsafe.Add(ref next, 3 * unitStride);
        Vector512<T> b4 = Unsafe.Add(ref next, 4 * unitStride), b5 = Unsafe.Add(ref next, 5 * unitStride), b6 = Unsafe.Add(ref next, 6 * unitStride), b7 = Unsafe.Add(ref next, 7 * unitStride);
        nint j1 = jStride * Unsafe.SizeOf<T>(), j2 = 2 * j1, j3 = 3 * j1, j4 = 4 * j1, j5 = 5 * j1, j6 = 6 * j1, j7 = 7 * j1;
        for (int k = terms; k > 0; k--)
        {
            Vector512<T> left = x, right = Unsafe.Add(ref x, 1);
            Vector512<T> weight = Vector512.Create(w);
            a0 = VectorMath.MultiplyAdd(weight, left, a0);
            b0 = VectorMath.MultiplyAdd(weight, right, b0);
            weight = Vector512.Create(Unsafe.AddByteOffset(ref w, j1));
            a1 = VectorMath.MultiplyAdd(weight, left, a1);
            b1 = VectorMath.MultiplyAdd(weight, right, b1);
            weight = Vector512.Create(Unsafe.AddByteOffset(ref w, j2));
            a2 = VectorMath.MultiplyAdd(weight, left, a2);
            b2 = VectorMath.MultiplyAdd(weight, right, b2);
            weight = Vector512.Create(Unsafe.AddByteOffset(ref w, j3));
            a3 = VectorMath.MultiplyAdd(weight, left, a3);
            b3 = VectorMath.MultiplyAdd(weight, right, b3);
            weight = Vector512.Create(Unsafe.AddByteOffset(ref w, j4));
            a4 = VectorMath.MultiplyAdd(weight, left, a4);
            b4 = VectorMath.MultiplyAdd(weight, right, b4);
            weight = Vector512.Create(Unsafe.AddByteOffset(ref w, j5));
            a5 = VectorMath.MultiplyAdd(weight, left, a5);
            b5 = VectorMath.MultiplyAdd(weight, right, b5);
            weight = Vector512.Create(Unsafe.AddByteOffset(ref w, j6));
            a6 = VectorMath.MultiplyAdd(weight, left, a6);
            b6 = VectorMath.MultiplyAdd(weight, right, b6);
            weight = Vector512.Create(Unsafe.AddByteOffset(ref w, j7));
            a7 = VectorMath.MultiplyAdd(weight, left, a7);
            b7 = VectorMath.MultiplyAdd(weight, right, b7);
            w = ref Unsafe.Add(ref w, kStride);
            x = ref Unsafe.Add(ref x, vectors);
        }

        y = a0;
        Unsafe.Add(ref y, 1) = b0;
        y = ref Unsafe.Add(ref y, vectors);
        y = a1;
        Unsafe.Add(ref y, 1) = b1;
        y = ref Unsafe.Add(ref y, vectors);
        y = a2;
        Unsafe.Add(ref y, 1) = b2;
        y = ref Unsafe.Add(ref y, vectors);
        y = a3;
        Unsafe.Add(ref y, 1) = b3;
        y = ref Unsafe.Add(ref y, vectors);
        y = a4;
        Unsafe.Add(ref y, 1) = b4;
        y = ref Unsafe.Add(ref y, vectors);
        y = a5;
        Unsafe.Add(ref y, 1) = b5;
        y = ref Unsafe.Add(ref y, vectors);
        y = a6;
        Unsafe.Add(ref y, 1) = b6;
        y = ref Unsafe.Add(ref y, vectors);
        y = a7;
        Unsafe.Add(ref y, 1) = b7;
    }
}
