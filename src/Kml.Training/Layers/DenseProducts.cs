using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>The three matrix products of a dense layer. Weights are [input][output]; values are [unit][row], a vector holds one unit of neighbouring rows.</summary>
internal static class DenseProducts
{
    /// <summary>y[o][row] = bias[o] + sum over i of w[i][o] * x[i][row].</summary>
    internal static void Outputs<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> bias, ReadOnlySpan<T> x, Span<T> y, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = bias.Length, vectors = rows / Vector512<T>.Count;
        ReadOnlySpan<Vector512<T>> from = MemoryMarshal.Cast<T, Vector512<T>>(x);
        Span<Vector512<T>> to = MemoryMarshal.Cast<T, Vector512<T>>(y);
        for (int o = 0; o < outputs; o++)
        {
            for (int v = 0; v < vectors; v++)
            {
                Vector512<T> sum = Vector512.Create(bias[o]);
                for (int i = o, at = v; i < w.Length; i += outputs, at += vectors)
                    sum = VectorMath.MultiplyAdd(Vector512.Create(w[i]), from[at], sum);
                to[(o * vectors) + v] = sum;
            }
        }
    }

    /// <summary>dx[i][row] = sum over o of w[i][o] * dy[o][row].</summary>
    internal static void Inputs<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> dy, Span<T> dx, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = dy.Length / rows, inputs = dx.Length / rows, vectors = rows / Vector512<T>.Count;
        ReadOnlySpan<Vector512<T>> from = MemoryMarshal.Cast<T, Vector512<T>>(dy);
        Span<Vector512<T>> to = MemoryMarshal.Cast<T, Vector512<T>>(dx);
        for (int i = 0; i < inputs; i++)
        {
            ReadOnlySpan<T> row = w.Slice(i * outputs, outputs);
            for (int v = 0; v < vectors; v++)
            {
                Vector512<T> sum = Vector512<T>.Zero;
                for (int o = 0, at = v; o < row.Length; o++, at += vectors)
                    sum = VectorMath.MultiplyAdd(Vector512.Create(row[o]), from[at], sum);
                to[(i * vectors) + v] = sum;
            }
        }
    }

    /// <summary>dw[i][o] = sum over rows of x[i][row] * dy[o][row]; dbias[o] = sum over rows of dy[o][row]. Set, or added to what is there.</summary>
    internal static void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw, Span<T> dbias, int rows, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = dbias.Length, vectors = rows / Vector512<T>.Count;
        ReadOnlySpan<Vector512<T>> values = MemoryMarshal.Cast<T, Vector512<T>>(x), slopes = MemoryMarshal.Cast<T, Vector512<T>>(dy);
        for (int o = 0; o < outputs; o++)
        {
            Vector512<T> sum = Vector512<T>.Zero;
            ReadOnlySpan<Vector512<T>> slope = slopes.Slice(o * vectors, vectors);
            foreach (Vector512<T> part in slope)
                sum += part;
            dbias[o] = RowVector.Sum(sum) + (add ? dbias[o] : T.Zero);
            for (int at = o, v = 0; at < dw.Length; at += outputs, v += vectors)
            {
                ReadOnlySpan<Vector512<T>> value = values.Slice(v, vectors);
                sum = Vector512<T>.Zero;
                for (int i = 0; i < value.Length; i++)
                    sum = VectorMath.MultiplyAdd(value[i], slope[i], sum);
                dw[at] = RowVector.Sum(sum) + (add ? dw[at] : T.Zero);
            }
        }
    }
}
