using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// The matrix products of a dense layer. Weights are [input][output]; values are [unit][row], a vector holds one unit of neighbouring rows.
/// </summary>
/// <remarks>
/// Forward and the way back to the inputs are one product with other strides. It is done in tiles of four units by four vectors: 16 sums that stay in registers, 8 loads for
/// 16 multiply-adds, which processors with two loads and two multiply-adds a cycle can keep up with. A sum runs in the order of the units whatever the tile.
/// </remarks>
internal static class DenseProducts
{
    /// <summary>y[o][row] = bias[o] + sum over i of w[i][o] * x[i][row].</summary>
    internal static void Outputs<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> bias, ReadOnlySpan<T> x, Span<T> y, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = bias.Length, inputs = w.Length / outputs;
        Check(w.Length == inputs * outputs && x.Length == inputs * rows && y.Length == outputs * rows, rows % LayerPass<T>.RowMultiple == 0);
        Multiply(ref MemoryMarshal.GetReference(w), 1, outputs, ref MemoryMarshal.GetReference(bias), ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), outputs, inputs, rows);
    }

    /// <summary>dx[i][row] = sum over o of w[i][o] * dy[o][row].</summary>
    internal static void Inputs<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> dy, Span<T> dx, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = dy.Length / rows, inputs = dx.Length / rows;
        Check(w.Length == inputs * outputs && dy.Length == outputs * rows && dx.Length == inputs * rows, rows % LayerPass<T>.RowMultiple == 0);
        Multiply(ref MemoryMarshal.GetReference(w), outputs, 1, ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(dy), ref MemoryMarshal.GetReference(dx), inputs, outputs, rows);
    }

    /// <summary>dw[i][o] = sum over rows of x[i][row] * dy[o][row]; dbias[o] = sum over rows of dy[o][row]. Set, or added to what is there.</summary>
    internal static void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw, Span<T> dbias, int rows, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = dbias.Length, inputs = dw.Length / outputs;
        Check(dw.Length == inputs * outputs && x.Length == inputs * rows && dy.Length == outputs * rows, rows % LayerPass<T>.RowMultiple == 0);
        DenseGradient.Run(x, dy, dw, dbias, inputs, outputs, rows, add);
    }

    private static void Check(bool fits, bool whole)
    {
        if (!fits || !whole)
            throw new ArgumentException("The spans are not those of one layer and one batch.");
    }

    /// <summary>y[p][row] = bias[p] + sum over q of w[p * stepP + q * stepQ] * x[q][row]; without a bias, from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<T>(ref T w, nint stepP, nint stepQ, ref T bias, ref T x, ref T y, int units, int terms, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count, row = 0;
        for (; row + (4 * lanes) <= rows; row += 4 * lanes)
        {
            int p = 0;
            for (; p + 4 <= units; p += 4)
                FourByFour(ref Unsafe.Add(ref w, p * stepP), stepP, stepQ, ref At(ref bias, p), ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref y, ((nint)p * rows) + row), terms, rows);
            if (p + 2 <= units)
            {
                TwoByFour(ref Unsafe.Add(ref w, p * stepP), stepP, stepQ, ref At(ref bias, p), ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref y, ((nint)p * rows) + row), terms, rows);
                p += 2;
            }

            if (p < units)
                OneByFour(ref Unsafe.Add(ref w, p * stepP), stepQ, ref At(ref bias, p), ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref y, ((nint)p * rows) + row), terms, rows);
        }

        for (; row < rows; row += lanes)
        {
            int p = 0;
            for (; p + 8 <= units; p += 8)
                EightByOne(ref Unsafe.Add(ref w, p * stepP), stepP, stepQ, ref At(ref bias, p), ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref y, ((nint)p * rows) + row), terms, rows);
            for (; p < units; p++)
                OneByOne(ref Unsafe.Add(ref w, p * stepP), stepQ, ref At(ref bias, p), ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref y, ((nint)p * rows) + row), terms, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<T>(ref T bias, int p) => ref Unsafe.IsNullRef(ref bias) ? ref bias : ref Unsafe.Add(ref bias, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Start<T>(ref T bias, int p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Unsafe.IsNullRef(ref bias) ? Vector512<T>.Zero : Vector512.Create(Unsafe.Add(ref bias, p));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour<T>(ref T w, nint stepP, nint stepQ, ref T bias, ref T x, ref T y, int terms, nint rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> a0 = Start(ref bias, 0), a1 = a0, a2 = a0, a3 = a0;
        Vector512<T> b0 = Start(ref bias, 1), b1 = b0, b2 = b0, b3 = b0;
        Vector512<T> c0 = Start(ref bias, 2), c1 = c0, c2 = c0, c3 = c0;
        Vector512<T> d0 = Start(ref bias, 3), d1 = d0, d2 = d0, d3 = d0;
        for (; terms > 0; terms--)
        {
            Vector512<T> x0 = Vector512.LoadUnsafe(ref x), x1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, lanes));
            Vector512<T> x2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 2 * lanes)), x3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 3 * lanes));
            Vector512<T> factor = Vector512.Create(w);
            a0 = VectorMath.MultiplyAdd(factor, x0, a0);
            a1 = VectorMath.MultiplyAdd(factor, x1, a1);
            a2 = VectorMath.MultiplyAdd(factor, x2, a2);
            a3 = VectorMath.MultiplyAdd(factor, x3, a3);
            factor = Vector512.Create(Unsafe.Add(ref w, stepP));
            b0 = VectorMath.MultiplyAdd(factor, x0, b0);
            b1 = VectorMath.MultiplyAdd(factor, x1, b1);
            b2 = VectorMath.MultiplyAdd(factor, x2, b2);
            b3 = VectorMath.MultiplyAdd(factor, x3, b3);
            factor = Vector512.Create(Unsafe.Add(ref w, 2 * stepP));
            c0 = VectorMath.MultiplyAdd(factor, x0, c0);
            c1 = VectorMath.MultiplyAdd(factor, x1, c1);
            c2 = VectorMath.MultiplyAdd(factor, x2, c2);
            c3 = VectorMath.MultiplyAdd(factor, x3, c3);
            factor = Vector512.Create(Unsafe.Add(ref w, 3 * stepP));
            d0 = VectorMath.MultiplyAdd(factor, x0, d0);
            d1 = VectorMath.MultiplyAdd(factor, x1, d1);
            d2 = VectorMath.MultiplyAdd(factor, x2, d2);
            d3 = VectorMath.MultiplyAdd(factor, x3, d3);
            x = ref Unsafe.Add(ref x, rows);
            w = ref Unsafe.Add(ref w, stepQ);
        }

        Store(a0, a1, a2, a3, ref y);
        Store(b0, b1, b2, b3, ref Unsafe.Add(ref y, rows));
        Store(c0, c1, c2, c3, ref Unsafe.Add(ref y, 2 * rows));
        Store(d0, d1, d2, d3, ref Unsafe.Add(ref y, 3 * rows));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoByFour<T>(ref T w, nint stepP, nint stepQ, ref T bias, ref T x, ref T y, int terms, nint rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> a0 = Start(ref bias, 0), a1 = a0, a2 = a0, a3 = a0;
        Vector512<T> b0 = Start(ref bias, 1), b1 = b0, b2 = b0, b3 = b0;
        for (; terms > 0; terms--)
        {
            Vector512<T> x0 = Vector512.LoadUnsafe(ref x), x1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, lanes));
            Vector512<T> x2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 2 * lanes)), x3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 3 * lanes));
            Vector512<T> factor = Vector512.Create(w);
            a0 = VectorMath.MultiplyAdd(factor, x0, a0);
            a1 = VectorMath.MultiplyAdd(factor, x1, a1);
            a2 = VectorMath.MultiplyAdd(factor, x2, a2);
            a3 = VectorMath.MultiplyAdd(factor, x3, a3);
            factor = Vector512.Create(Unsafe.Add(ref w, stepP));
            b0 = VectorMath.MultiplyAdd(factor, x0, b0);
            b1 = VectorMath.MultiplyAdd(factor, x1, b1);
            b2 = VectorMath.MultiplyAdd(factor, x2, b2);
            b3 = VectorMath.MultiplyAdd(factor, x3, b3);
            x = ref Unsafe.Add(ref x, rows);
            w = ref Unsafe.Add(ref w, stepQ);
        }

        Store(a0, a1, a2, a3, ref y);
        Store(b0, b1, b2, b3, ref Unsafe.Add(ref y, rows));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByFour<T>(ref T w, nint stepQ, ref T bias, ref T x, ref T y, int terms, nint rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> a0 = Start(ref bias, 0), a1 = a0, a2 = a0, a3 = a0;
        for (; terms > 0; terms--)
        {
            Vector512<T> factor = Vector512.Create(w);
            a0 = VectorMath.MultiplyAdd(factor, Vector512.LoadUnsafe(ref x), a0);
            a1 = VectorMath.MultiplyAdd(factor, Vector512.LoadUnsafe(ref Unsafe.Add(ref x, lanes)), a1);
            a2 = VectorMath.MultiplyAdd(factor, Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 2 * lanes)), a2);
            a3 = VectorMath.MultiplyAdd(factor, Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 3 * lanes)), a3);
            x = ref Unsafe.Add(ref x, rows);
            w = ref Unsafe.Add(ref w, stepQ);
        }

        Store(a0, a1, a2, a3, ref y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne<T>(ref T w, nint stepP, nint stepQ, ref T bias, ref T x, ref T y, int terms, nint rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> a = Start(ref bias, 0), b = Start(ref bias, 1), c = Start(ref bias, 2), d = Start(ref bias, 3);
        Vector512<T> e = Start(ref bias, 4), f = Start(ref bias, 5), g = Start(ref bias, 6), h = Start(ref bias, 7);
        for (; terms > 0; terms--)
        {
            Vector512<T> value = Vector512.LoadUnsafe(ref x);
            ref T half = ref Unsafe.Add(ref w, 4 * stepP);
            a = VectorMath.MultiplyAdd(Vector512.Create(w), value, a);
            b = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, stepP)), value, b);
            c = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 2 * stepP)), value, c);
            d = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref w, 3 * stepP)), value, d);
            e = VectorMath.MultiplyAdd(Vector512.Create(half), value, e);
            f = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref half, stepP)), value, f);
            g = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref half, 2 * stepP)), value, g);
            h = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref half, 3 * stepP)), value, h);
            x = ref Unsafe.Add(ref x, rows);
            w = ref Unsafe.Add(ref w, stepQ);
        }

        a.StoreUnsafe(ref y);
        b.StoreUnsafe(ref Unsafe.Add(ref y, rows));
        c.StoreUnsafe(ref Unsafe.Add(ref y, 2 * rows));
        d.StoreUnsafe(ref Unsafe.Add(ref y, 3 * rows));
        y = ref Unsafe.Add(ref y, 4 * rows);
        e.StoreUnsafe(ref y);
        f.StoreUnsafe(ref Unsafe.Add(ref y, rows));
        g.StoreUnsafe(ref Unsafe.Add(ref y, 2 * rows));
        h.StoreUnsafe(ref Unsafe.Add(ref y, 3 * rows));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByOne<T>(ref T w, nint stepQ, ref T bias, ref T x, ref T y, int terms, nint rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> sum = Start(ref bias, 0);
        for (; terms > 0; terms--)
        {
            sum = VectorMath.MultiplyAdd(Vector512.Create(w), Vector512.LoadUnsafe(ref x), sum);
            x = ref Unsafe.Add(ref x, rows);
            w = ref Unsafe.Add(ref w, stepQ);
        }

        sum.StoreUnsafe(ref y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<T> first, Vector512<T> second, Vector512<T> third, Vector512<T> fourth, ref T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        first.StoreUnsafe(ref y);
        second.StoreUnsafe(ref Unsafe.Add(ref y, lanes));
        third.StoreUnsafe(ref Unsafe.Add(ref y, 2 * lanes));
        fourth.StoreUnsafe(ref Unsafe.Add(ref y, 3 * lanes));
    }
}
