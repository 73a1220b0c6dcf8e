using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Losses;

/// <summary>
/// The margin that a decision lacks. One output: max(0, 1 - x) for label 1 and max(0, 1 + x) for label 0. A score a class: max(0, 1 + the greatest score
/// of another class - the score of the label's) (Crammer and Singer 2001); of equal scores the first class counts. Its slope at the margin is 0.
/// </summary>
public sealed record HingeLoss : Loss
{
    /// <inheritdoc/>
    internal override void Check(int units)
    {
    }

    /// <inheritdoc/>
    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy) =>
        y.Length == targets.Length
            ? ScalarLoss.Run(default(Rows<T>), y, targets, weights, share, dy)
            : Classes(
                MemoryMarshal.Cast<T, Vector512<T>>(y),
                MemoryMarshal.Cast<T, Vector512<T>>(targets),
                MemoryMarshal.Cast<T, Vector512<T>>(weights),
                share,
                MemoryMarshal.Cast<T, Vector512<T>>(dy));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Classes<T>(
        ReadOnlySpan<Vector512<T>> y,
        ReadOnlySpan<Vector512<T>> targets,
        ReadOnlySpan<Vector512<T>> weights,
        T share,
        Span<Vector512<T>> dy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int vectors = targets.Length;
        Vector512<T> total = Vector512<T>.Zero;
        for (int v = 0; v < vectors; v++)
        {
            Vector512<T> rival = Vector512<T>.Zero, greatest = Vector512.Create(T.NegativeInfinity), own = Vector512<T>.Zero, index = Vector512<T>.Zero;
            for (int at = v; at < y.Length; at += vectors)
            {
                Vector512<T> here = Vector512.Equals(targets[v], index), greater = Vector512.GreaterThan(y[at], greatest) & ~here;
                own |= y[at] & here;
                greatest = Vector512.ConditionalSelect(greater, y[at], greatest);
                rival = Vector512.ConditionalSelect(greater, index, rival);
                index += Vector512<T>.One;
            }

            Vector512<T> lacks = Vector512<T>.One + greatest - own;
            Vector512<T> alive = Vector512.GreaterThan(lacks, Vector512<T>.Zero) & ~Vector512.Equals(weights[v], Vector512<T>.Zero);
            Vector512<T> scale = (weights[v] * share) & alive;
            total += (lacks * weights[v]) & alive;
            index = Vector512<T>.Zero;
            for (int at = v; at < y.Length; at += vectors)
            {
                dy[at] = (scale & Vector512.Equals(rival, index)) - (scale & Vector512.Equals(targets[v], index));
                index += Vector512<T>.One;
            }
        }

        return double.CreateChecked(RowVector.Sum(total));
    }

    private readonly struct Rows<T> : IScalarLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> At(Vector512<T> y, Vector512<T> target, out Vector512<T> slope)
        {
            Vector512<T> side = target + target - Vector512<T>.One, lacks = Vector512<T>.One - (side * y);
            Vector512<T> alive = Vector512.GreaterThan(lacks, Vector512<T>.Zero);
            slope = -side & alive;
            return lacks & alive;
        }
    }
}
