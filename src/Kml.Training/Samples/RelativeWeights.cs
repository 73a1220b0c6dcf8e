using System;

namespace Kml.Training;

/// <summary>
/// Weights in units of the row that is typical of the evidence: half of all weight lies in rows that weigh no more. What all weights are multiplied by changes
/// nothing then; where most rows weigh 1, a weight is a number of rows; and all rows together weigh at most twice their number, whatever single ones weigh.
/// </summary>
internal static class RelativeWeights
{
    /// <summary>What weighs less than this share of the typical row has no say: its place and label would only cost the others' digits.</summary>
    private const double Least = 1e-15;

    /// <summary>Sums that differ by rounding alone choose the same row.</summary>
    private const double Half = 0.5 - 1e-6;

    /// <summary>The same rows with such weights.</summary>
    /// <param name="samples">The rows.</param>
    /// <returns>The rows; themselves if their weights are such.</returns>
    internal static Samples Of(Samples samples)
    {
        double unit = Unit(samples.Weights);
        if (unit is 0 or 1)
            return samples;
        float[] weights = new float[samples.Count];
        for (int row = 0; row < weights.Length; row++)
        {
            double weight = samples.Weights[row] / unit;
            weights[row] = weight < Least ? 0 : (float)weight;
        }

        return samples.With(weights);
    }

    /// <summary>The weight of the typical row: the weighted median of weights.</summary>
    /// <param name="weights">Weights, finite and not negative.</param>
    /// <returns>It, or 0 if there is no weight.</returns>
    internal static double Unit(ReadOnlySpan<float> weights)
    {
        if (weights.IsEmpty || weights.IndexOfAnyExcept(weights[0]) < 0)
            return weights.IsEmpty ? 0 : weights[0];
        float[] sorted = weights.ToArray();
        Array.Sort(sorted);
        double total = 0, below = 0;
        foreach (float weight in sorted)
            total += weight;
        int at = 0;
        while (at < sorted.Length - 1 && (below += sorted[at]) < Half * total)
            at++;
        return sorted[at];
    }
}
