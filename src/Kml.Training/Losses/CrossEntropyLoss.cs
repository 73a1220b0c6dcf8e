using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Model;
using Kml.Training.Layers;

namespace Kml.Training.Losses;

/// <summary>
/// Softmax cross-entropy of a score a class: log of the sum of e^score, less the score of the label's class. The greatest score is taken off first, so that
/// nothing overflows. The network ends with <see cref="Nonlinearity.Identity"/>.
/// </summary>
/// <param name="ClassWeights">
/// What a row of each class counts for; none for 1. They multiply losses; the mean divides by the weights of the rows alone, so that a shard need not know the
/// labels of the others.
/// </param>
public sealed record CrossEntropyLoss(EquatableArray<double> ClassWeights = default) : Loss
{
    /// <inheritdoc/>
    internal override void Check(int units)
    {
        if (units < 2)
        {
            throw new TrainingException("Cross-entropy takes a score a class and the network has 1 output: "
                + "end it with as many units as classes, or use the binary cross-entropy.");
        }

        if (ClassWeights.Count > 0 && ClassWeights.Count != units)
            throw new TrainingException($"There are {ClassWeights.Count} class weights and {units} classes: give one for each, or none.");
        for (int c = 0; c < ClassWeights.Count; c++)
        {
            if (!(ClassWeights[c] >= 0 && double.IsFinite(ClassWeights[c])))
            {
                throw new TrainingException(
                    FormattableString.Invariant($"The weight of class {c} is {ClassWeights[c]:R}: ")
                    + "it must be finite and not negative.");
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy)
    {
        ReadOnlySpan<Vector512<T>> values = MemoryMarshal.Cast<T, Vector512<T>>(y),
            labels = MemoryMarshal.Cast<T, Vector512<T>>(targets),
            weight = MemoryMarshal.Cast<T, Vector512<T>>(weights);
        Span<Vector512<T>> d = MemoryMarshal.Cast<T, Vector512<T>>(dy);
        int vectors = labels.Length;
        bool weighted = ClassWeights.Count > 0;
        Vector512<T> total = Vector512<T>.Zero, shares = Vector512.Create(share);
        for (int v = 0; v < vectors; v++)
        {
            Vector512<T> greatest = values[v];
            for (int at = v + vectors; at < values.Length; at += vectors)
                greatest = Vector512.Max(greatest, values[at]);

            Vector512<T> sum = Vector512<T>.Zero, own = Vector512<T>.Zero, counts = weight[v], index = Vector512<T>.Zero;
            for (int at = v, c = 0; at < values.Length; at += vectors, c++)
            {
                Vector512<T> score = values[at] - greatest, power = VectorMath.Exp(score), here = Vector512.Equals(labels[v], index);
                sum += power;
                own |= score & here;
                d[at] = power;
                index += Vector512<T>.One;
                if (weighted)
                    counts = Vector512.ConditionalSelect(here, weight[v] * T.CreateChecked(ClassWeights[c]), counts);
            }

            Vector512<T> alive = ~Vector512.Equals(counts, Vector512<T>.Zero), scale = counts * shares, reciprocal = scale / sum;
            total += ((VectorMath.Log(sum) - own) * counts) & alive;
            index = Vector512<T>.Zero;
            for (int at = v; at < values.Length; at += vectors)
            {
                d[at] = ((d[at] * reciprocal) - (scale & Vector512.Equals(labels[v], index))) & alive;
                index += Vector512<T>.One;
            }
        }

        return double.CreateChecked(RowVector.Sum(total));
    }
}
