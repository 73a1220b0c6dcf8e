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
/// Forward and the way back to the inputs are one product with other strides. It is done in tiles of four units by four vectors: 16 sums that stay in
/// registers, 8 loads
/// for 16 multiply-adds, which processors with two loads and two multiply-adds a cycle can keep up with.
/// </remarks>
internal static class DenseProducts
{
    /// <summary>y[o][row] = bias[o] + sum over i of w[i][o] * x[i][row].</summary>
    internal static void Outputs<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> bias, ReadOnlySpan<T> x, Span<T> y, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = bias.Length, inputs = w.Length / outputs;
        Check(w.Length == inputs * outputs && x.Length == inputs * rows && y.Length == outputs * rows, rows % LayerPass<T>.RowMultiple == 0);
        ref T weights = ref MemoryMarshal.GetReference(w), start = ref MemoryMarshal.GetReference(bias), values = ref MemoryMarshal.GetReference(x);
        Multiply<T, FromNumbers<T>>(ref weights, 1, outputs, ref start, ref values, ref MemoryMarshal.GetReference(y), outputs, inputs, rows);
    }

    /// <summary>dx[i][row] = sum over o of w[i][o] * dy[o][row].</summary>
    internal static void Inputs<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> dy, Span<T> dx, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = dy.Length / rows, inputs = dx.Length / rows;
        Check(w.Length == inputs * outputs && dy.Length == outputs * rows && dx.Length == inputs * rows, rows % LayerPass<T>.RowMultiple == 0);
        ref T weights = ref MemoryMarshal.GetReference(w), slopes = ref MemoryMarshal.GetReference(dy);

        // What is named as the start is not read.
        Multiply<T, FromZero<T>>(ref weights, outputs, 1, ref weights, ref slopes, ref MemoryMarshal.GetReference(dx), inputs, outputs, rows);
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

    /// <summary>y[p][row] = bias[p] + sum over q of w[p * unit + q * term] * x[q][row].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<T, TStart>(ref T w, nint unit, nint term, ref T bias, ref T x, ref T y, int units, int terms, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TStart : struct, IStart<T>
    {
        int lanes = Vector512<T>.Count, row = 0;
        for (; row + (4 * lanes) <= rows; row += 4 * lanes)
        {
            ref T from = ref Unsafe.Add(ref x, row), to = ref Unsafe.Add(ref y, row);
            int p = 0;
            for (; p + 4 <= units; p += 4)
            {
                ProductTile<T, TStart, FourVectors<T>>.Four(
                    ref At(ref w, p, unit), unit, term, ref Unsafe.Add(ref bias, p), 1, 0, ref from, ref At(ref to, p, rows), terms, rows);
            }

            if (p + 2 <= units)
            {
                ProductTile<T, TStart, FourVectors<T>>.Two(
                    ref At(ref w, p, unit), unit, term, ref Unsafe.Add(ref bias, p), 1, 0, ref from, ref At(ref to, p, rows), terms, rows);
                p += 2;
            }

            if (p < units)
            {
                ProductTile<T, TStart, FourVectors<T>>.One(
                    ref At(ref w, p, unit), term, ref Unsafe.Add(ref bias, p), 0, ref from, ref At(ref to, p, rows), terms, rows);
            }
        }

        for (; row < rows; row += lanes)
        {
            ref T from = ref Unsafe.Add(ref x, row), to = ref Unsafe.Add(ref y, row);
            int p = 0;
            for (; p + 8 <= units; p += 8)
            {
                ProductTile<T, TStart, OneVector<T>>.Eight(
                    ref At(ref w, p, unit), unit, term, ref Unsafe.Add(ref bias, p), 1, 0, ref from, ref At(ref to, p, rows), terms, rows);
            }

            for (; p < units; p++)
            {
                ProductTile<T, TStart, OneVector<T>>.One(
                    ref At(ref w, p, unit), term, ref Unsafe.Add(ref bias, p), 0, ref from, ref At(ref to, p, rows), terms, rows);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<T>(ref T first, nint index, nint pitch) => ref Unsafe.Add(ref first, index * pitch);
}
