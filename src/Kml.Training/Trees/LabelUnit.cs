using System;
using System.Collections.Generic;

namespace Kml.Training.Trees;

/// <summary>
/// The unit in which a regression's labels are summed: a power of two, so that no digit changes, and 1 unless squares and sums of floats would leave their
/// range.
/// </summary>
internal static class LabelUnit
{
    private const int Customary = 32;

    /// <summary>The unit of some labels.</summary>
    /// <param name="samples">The training rows.</param>
    /// <returns>1 for classes, or labels of customary sizes.</returns>
    internal static float Of(Samples samples)
    {
        float greatest = 0;
        for (int row = 0; row < samples.Count && samples.Classes == 0; row++)
            greatest = samples.Weights[row] > 0 ? MathF.Max(greatest, MathF.Abs(samples.Labels[row])) : greatest;
        int power = greatest > 0 ? MathF.ILogB(greatest) : 0;
        return Math.Abs(power) <= Customary ? 1 : MathF.ScaleB(1, Math.Clamp(power, -126, 126));
    }

    /// <summary>Rows with their labels in a unit.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>The rows.</returns>
    internal static Samples In(Samples samples, float unit)
    {
        if (unit == 1)
            return samples;
        float[] labels = samples.Labels.ToArray();
        foreach (ref float label in labels.AsSpan())
            label /= unit;
        return samples.With(labels: labels);
    }

    /// <summary>Brings the leaves of trees that were grown in a unit back into the labels' own.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="unit">The unit.</param>
    internal static void Restore(IEnumerable<CompleteTree> trees, float unit)
    {
        foreach (CompleteTree tree in trees)
        {
            foreach (ref float leaf in tree.Leaves.AsSpan())
                leaf *= unit;
        }
    }
}
