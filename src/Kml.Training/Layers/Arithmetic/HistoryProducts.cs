using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// Gradients of weights over all steps of a batch at once: sums of products of two histories, each [step][unit][vector of rows] with a pitch of its own.
/// Lanes are added only at the end, once for all steps and rows.
/// </summary>
internal static class HistoryProducts
{
    private const int Tile = DotTile.Side;

    /// <summary>What of the second history should stay in the first-level cache while the first one streams by.</summary>
    private const int BlockBytes = 20 * 1024;

    /// <summary>gradient[k * stride + o] = sum over steps and rows of x[k] * d[o].</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The first history.</param>
    /// <param name="xPitch">Vectors from one of its steps to the next.</param>
    /// <param name="inputs">How many k there are.</param>
    /// <param name="d">The second history.</param>
    /// <param name="dPitch">Vectors from one of its steps to the next.</param>
    /// <param name="outputs">How many o there are.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="vectors">Vectors of rows.</param>
    /// <param name="gradient">Receives the sums.</param>
    /// <param name="stride">From one k's sums to the next's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Weights<T>(
        ref Vector512<T> x,
        int xPitch,
        int inputs,
        ref Vector512<T> d,
        int dPitch,
        int outputs,
        int steps,
        int vectors,
        Span<T> gradient,
        int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (inputs < Tile || outputs < Tile)
        {
            for (int k = 0; k < inputs; k++)
            {
                for (int o = 0; o < outputs; o++)
                    gradient[(k * stride) + o] = Dot(ref Unsafe.Add(ref x, k * vectors), xPitch, ref Unsafe.Add(ref d, o * vectors), dPitch, steps, vectors);
            }

            return;
        }

        Span<Vector512<T>> sums = stackalloc Vector512<T>[Tile * Tile];
        nint lanes = Vector512<T>.Count;
        int block = Math.Max(1, BlockBytes / (Tile * steps * vectors * Unsafe.SizeOf<Vector512<T>>())) * Tile;
        for (int from = 0; from < outputs; from += block)
        {
            int to = Math.Min(from + block, outputs);
            for (int tileK = 0; tileK < inputs; tileK += Tile)
            {
                // A tile that would overhang begins earlier: some sums are made twice, to the same bits.
                int k = Math.Min(tileK, inputs - Tile);
                for (int tileO = from; tileO < to; tileO += Tile)
                {
                    int o = Math.Min(tileO, outputs - Tile);
                    ref T left = ref Unsafe.As<Vector512<T>, T>(ref Unsafe.Add(ref x, k * vectors));
                    ref T right = ref Unsafe.As<Vector512<T>, T>(ref Unsafe.Add(ref d, o * vectors));
                    DotTile.Run(ref left, lanes * vectors, lanes * xPitch, ref right, lanes * vectors, lanes * dPitch, steps, vectors, ref sums[0]);
                    Store(sums, gradient.Slice((k * stride) + o, (3 * stride) + Tile), stride);
                }
            }
        }
    }

    /// <summary>gradient[o] = sum over steps and rows of d[o].</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="d">The history.</param>
    /// <param name="pitch">Vectors from one of its steps to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="vectors">Vectors of rows.</param>
    /// <param name="gradient">Receives the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Biases<T>(ref Vector512<T> d, int pitch, int steps, int vectors, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int o = 0; o < gradient.Length; o++)
        {
            Vector512<T> sum = Vector512<T>.Zero, other = sum;
            for (int step = 0; step < steps; step++)
            {
                ref Vector512<T> at = ref Unsafe.Add(ref d, (step * pitch) + (o * vectors));
                int v = 0;
                for (; v + 2 <= vectors; v += 2)
                {
                    sum += Unsafe.Add(ref at, v);
                    other += Unsafe.Add(ref at, v + 1);
                }

                if (v < vectors)
                    sum += Unsafe.Add(ref at, v);
            }

            gradient[o] = RowVector.Sum(sum + other);
        }
    }

    /// <summary>to[k * stride + o] = the sum of the lanes of vector 4k + o.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store<T>(Span<Vector512<T>> sums, Span<T> to, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> added = stackalloc T[Tile * Tile];
        DotTile.Products(sums, added);
        for (int k = 0; k < Tile; k++)
            added.Slice(k * Tile, Tile).CopyTo(to[(k * stride)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Dot<T>(ref Vector512<T> x, int xPitch, ref Vector512<T> d, int dPitch, int steps, int vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> sum = Vector512<T>.Zero;
        for (int step = 0; step < steps; step++)
        {
            for (int v = 0; v < vectors; v++)
                sum = VectorMath.MultiplyAdd(Unsafe.Add(ref x, (step * xPitch) + v), Unsafe.Add(ref d, (step * dPitch) + v), sum);
        }

        return RowVector.Sum(sum);
    }
}
