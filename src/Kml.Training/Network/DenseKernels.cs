using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training;

/// <summary>
/// The three products of a dense layer over a batch. Matrices are [unit][row]; a batch is a multiple of <see cref="RowsAtOnce"/> rows,
/// taken four vectors at a time so that four sums run side by side. Vectors have 16 lanes on every machine: the bits do not depend on it.
/// </summary>
internal static class DenseKernels
{
    /// <summary>Rows that an inner loop handles: four vectors of 16.</summary>
    internal const int RowsAtOnce = 64;

    /// <summary>y[o][b] = bias[o] + sum over i of w[i][o] * x[i][b].</summary>
    internal static void Forward(ReadOnlySpan<float> w, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y, int inputs, int outputs, int batch)
    {
        Check(w.Length >= inputs * outputs && bias.Length >= outputs && x.Length >= inputs * batch && y.Length >= outputs * batch && batch % RowsAtOnce == 0);
        int vectors = batch / 16;
        ref Vector512<float> from = ref Vectors(x);
        ref Vector512<float> to = ref Vectors(y);
        for (int o = 0; o < outputs; o++)
        {
            Vector512<float> start = Vector512.Create(bias[o]);
            for (int v = 0; v < vectors; v += 4)
                Sum(ref from, vectors, v, ref MemoryMarshal.GetReference(w[o..]), inputs, outputs, start, ref Unsafe.Add(ref to, (o * vectors) + v));
        }
    }

    /// <summary>dx[i][b] = sum over o of w[i][o] * d[o][b].</summary>
    internal static void BackwardInput(ReadOnlySpan<float> w, ReadOnlySpan<float> d, Span<float> dx, int inputs, int outputs, int batch)
    {
        Check(w.Length >= inputs * outputs && d.Length >= outputs * batch && dx.Length >= inputs * batch && batch % RowsAtOnce == 0);
        int vectors = batch / 16;
        ref Vector512<float> from = ref Vectors(d);
        ref Vector512<float> to = ref Vectors(dx);
        for (int i = 0; i < inputs; i++)
        {
            for (int v = 0; v < vectors; v += 4)
                Sum(ref from, vectors, v, ref MemoryMarshal.GetReference(w[(i * outputs)..]), outputs, 1, Vector512<float>.Zero, ref Unsafe.Add(ref to, (i * vectors) + v));
        }
    }

    /// <summary>gw[i][o] = sum over b of x[i][b] * d[o][b]; gb[o] = sum over b of d[o][b].</summary>
    internal static void BackwardWeights(ReadOnlySpan<float> x, ReadOnlySpan<float> d, Span<float> gw, Span<float> gb, int inputs, int outputs, int batch)
    {
        Check(gw.Length >= inputs * outputs && gb.Length >= outputs && x.Length >= inputs * batch && d.Length >= outputs * batch && batch % RowsAtOnce == 0);
        int vectors = batch / 16;
        ref Vector512<float> left = ref Vectors(x);
        ref Vector512<float> right = ref Vectors(d);
        for (int o = 0; o < outputs; o++)
        {
            ref Vector512<float> row = ref Unsafe.Add(ref right, o * vectors);
            for (int i = 0; i < inputs; i++)
                gw[(i * outputs) + o] = Dot(ref Unsafe.Add(ref left, i * vectors), ref row, vectors);
            Vector512<float> sum = Vector512<float>.Zero;
            for (int v = 0; v < vectors; v++)
                sum += Unsafe.Add(ref row, v);
            gb[o] = Tree(sum);
        }
    }

    /// <summary>Four vectors of start + sum over k of w[k * stride] * x[k][v..v+3], k ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(ref Vector512<float> x, int vectors, int v, ref float w, int count, int stride, Vector512<float> start, ref Vector512<float> y)
    {
        Vector512<float> a = start, b = start, c = start, d = start;
        for (int k = 0; k < count; k++)
        {
            Vector512<float> weight = Vector512.Create(Unsafe.Add(ref w, k * stride));
            ref Vector512<float> at = ref Unsafe.Add(ref x, (k * vectors) + v);
            a += weight * at;
            b += weight * Unsafe.Add(ref at, 1);
            c += weight * Unsafe.Add(ref at, 2);
            d += weight * Unsafe.Add(ref at, 3);
        }

        y = a;
        Unsafe.Add(ref y, 1) = b;
        Unsafe.Add(ref y, 2) = c;
        Unsafe.Add(ref y, 3) = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(ref Vector512<float> x, ref Vector512<float> y, int vectors)
    {
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
        for (int v = 0; v < vectors; v += 4)
        {
            a += Unsafe.Add(ref x, v) * Unsafe.Add(ref y, v);
            b += Unsafe.Add(ref x, v + 1) * Unsafe.Add(ref y, v + 1);
            c += Unsafe.Add(ref x, v + 2) * Unsafe.Add(ref y, v + 2);
            d += Unsafe.Add(ref x, v + 3) * Unsafe.Add(ref y, v + 3);
        }

        return Tree((a + b) + (c + d));
    }

    /// <summary>Adds 16 lanes by halves: 8, 4, 2, 1. The library's sum states no order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Tree(Vector512<float> sum)
    {
        Vector256<float> eight = sum.GetLower() + sum.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        Vector64<float> two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    private static ref Vector512<float> Vectors(ReadOnlySpan<float> span) =>
        ref Unsafe.As<float, Vector512<float>>(ref MemoryMarshal.GetReference(span));

    private static void Check(bool holds)
    {
        if (!holds)
            throw new ArgumentException("A matrix is smaller than the layer and batch say.");
    }
}
