using System;
using System.Linq;

namespace Kml.Training.Trees;

/// <summary>Grows trees whose leaves tell of their rows' labels alone: the mean, or the share of each class.</summary>
internal sealed class LeafTree
{
    private readonly Samples _samples;
    private readonly BinnedRows _binned;
    private readonly TreeGrower<GradientSums>? _means;
    private readonly TreeGrower<ClassSums>? _classes;

    /// <summary>Takes memory.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="binned">The same, binned.</param>
    /// <param name="team">Threads to grow with.</param>
    internal LeafTree(Samples samples, BinnedRows binned, TreeTeam team)
    {
        _samples = samples;
        _binned = binned;
        if (samples.Classes > 2)
            _classes = new TreeGrower<ClassSums>(binned, samples.Classes, team, RowPartition.Compresses);
        else
            _means = new TreeGrower<GradientSums>(binned, samples.Classes, team, RowPartition.Compresses);
    }

    /// <summary>Numbers a leaf: of two classes, the second's share is enough.</summary>
    internal static int Values(Samples samples) => samples.Classes > 2 ? samples.Classes : 1;

    /// <summary>Grows a tree.</summary>
    /// <param name="weights">What rows count for; those of weight 0 are left out.</param>
    /// <param name="limits">How far, with limits of splits for a quantum of 1.</param>
    /// <param name="share">What leaves' values are multiplied by.</param>
    /// <param name="gains">What gains are added to, [feature].</param>
    /// <returns>The tree.</returns>
    internal CompleteTree Grow(ReadOnlySpan<float> weights, GrowthLimits limits, double share, double[] gains)
    {
        double total = 0, mean = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            total += weights[row];
            mean += (double)weights[row] * _samples.Labels[row];
        }

        mean /= total;
        float massScale = Quantum.Scale(total);
        double least = Math.Max(1, limits.Split.LeastMass * massScale);
        limits = limits with { Split = new SplitLimits(limits.Split.L2 * massScale, least) };
        int values = Values(_samples);
        GrownTree tree;
        ReadOnlySpan<ushort> leafOf;
        if (_classes is { } classes)
        {
            for (int row = 0; row < weights.Length; row++)
                classes.Payload[row] = ((long)_samples.Labels[row] << 32) + (long)MathF.Round(weights[row] * massScale);
            bool sampled = LeaveOut(weights, classes.LeftOut);
            tree = classes.Grow(limits with { LeastGain = limits.LeastGain * massScale }, sampled);
            leafOf = classes.LeafOf;
            Importance.Add(tree.Root, 1 / massScale, gains);
        }
        else
        {
            double sizes = 0;
            for (int row = 0; row < weights.Length; row++)
                sizes += weights[row] * Math.Abs(_samples.Labels[row] - mean);
            float scale = Quantum.Scale(sizes);
            for (int row = 0; row < weights.Length; row++)
            {
                _means!.Payload[row] = ((long)Math.Round(weights[row] * (mean - _samples.Labels[row]) * scale) << 32)
                    + (long)MathF.Round(weights[row] * massScale);
            }

            bool sampled = LeaveOut(weights, _means!.LeftOut);
            double unit = (double)massScale / scale / scale;
            tree = _means.Grow(limits with { LeastGain = limits.LeastGain / unit }, sampled);
            leafOf = _means.LeafOf;
            Importance.Add(tree.Root, unit, gains);
        }

        return CompleteTree.Of(tree, _binned.Edges, Leaves(tree, leafOf, weights, values, share), values);
    }

    private static bool LeaveOut(ReadOnlySpan<float> weights, Span<byte> leftOut)
    {
        for (int row = 0; row < weights.Length; row++)
            leftOut[row] = weights[row] > 0 ? (byte)0 : (byte)1;
        return leftOut.Contains((byte)1);
    }

    /// <summary>Means or shares, from the rows themselves and not from what histograms made of them.</summary>
    private float[] Leaves(GrownTree tree, ReadOnlySpan<ushort> leafOf, ReadOnlySpan<float> weights, int values, double share)
    {
        double[] masses = new double[tree.Leaves.Length];
        double[] sums = new double[ArraySize.Of("The sums of all leaves", tree.Leaves.Length, values)];
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] <= 0)
                continue;
            int leaf = leafOf[row];
            masses[leaf] += weights[row];
            if (values > 1)
                sums[(leaf * values) + (int)_samples.Labels[row]] += weights[row];
            else
                sums[leaf] += (double)weights[row] * _samples.Labels[row];
        }

        return [.. sums.Select((sum, i) => (float)(sum / masses[i / values] * share))];
    }
}
