using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Networks;

namespace Kml.Training;

/// <summary>The map that brings every feature to mean 0 and deviation 1, and a regression's label too: learned from training rows alone, each with its weight.</summary>
/// <param name="Mean">Means of the columns of features.</param>
/// <param name="InverseDeviation">Reciprocal standard deviations; 0 for a constant feature, which is so ignored whatever it becomes later.</param>
/// <param name="LabelScale">Standard deviation of a regression's label; 1 for a classification, or if the label is constant.</param>
/// <param name="LabelMean">Its mean; 0 for a classification.</param>
internal sealed record Normalisation(float[] Mean, float[] InverseDeviation, float LabelScale, float LabelMean)
{
    /// <summary>The constant features.</summary>
    internal IEnumerable<int> Constant => Enumerable.Range(0, Mean.Length).Where(i => InverseDeviation[i] == 0f);

    /// <summary>Learns it. The steps of a feature have one mean and deviation; indices of embeddings stay as they are.</summary>
    /// <param name="rows">The training rows, of which one has a weight.</param>
    /// <param name="form">The network.</param>
    /// <returns>The map.</returns>
    internal static Normalisation Learn(Samples rows, NetworkForm form)
    {
        int units = form.Input.Units;
        float[] means = new float[rows.Width], inverse = new float[rows.Width];
        HashSet<int> indices = [.. IndexFeatures.Of(form).Select(index => index.Feature)];
        for (int unit = 0; unit < units; unit++)
        {
            float mean = 0, reciprocal = 1;
            if (!indices.Contains(unit))
                (mean, reciprocal) = Map(rows, unit, units);
            for (int column = unit; column < rows.Width; column += units)
                (means[column], inverse[column]) = (mean, reciprocal);
        }

        if (rows.Classes > 0)
            return new Normalisation(means, inverse, 1f, 0f);
        Moments label = new();
        label.Add(rows.Labels, rows.Weights);
        float scale = (float)label.Deviation(rows.Labels, rows.Weights);
        return new Normalisation(means, inverse, float.IsNormal(scale) && float.IsNormal(1 / scale) ? scale : 1f, (float)label.Mean);
    }

    /// <summary>The map for other rows: their features' means and deviations, and the label as it is.</summary>
    /// <param name="rows">The rows, of which one has a weight.</param>
    /// <param name="form">The network.</param>
    /// <returns>The map.</returns>
    internal Normalisation For(Samples rows, NetworkForm form) => Learn(rows, form) with { LabelScale = LabelScale, LabelMean = LabelMean };

    /// <summary>Rows as the network takes them, as the float engine normalises them. Rows of weight 0 are left out.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="factors">What a row of each class counts for beside its weight; none for 1.</param>
    /// <returns>The rows that count.</returns>
    internal PackedRows<float> Pack(Samples rows, ReadOnlySpan<double> factors)
    {
        int count = rows.Count - rows.Weights.Count(0f);
        PackedRows<float> packed = new(count, rows.Width);
        for (int row = 0, to = 0; row < rows.Count; row++)
        {
            float weight = rows.Weights[row];
            if (weight == 0f)
                continue;
            packed.Target(to)[0] = (rows.Labels[row] - LabelMean) / LabelScale;
            packed.Weight(to)[0] = factors.IsEmpty ? weight : (float)(weight * factors[(int)rows.Labels[row]]);
            to++;
        }

        for (int f = 0; f < rows.Width; f++)
        {
            ReadOnlySpan<float> column = rows.Column(f), weights = rows.Weights;
            for (int row = 0, to = 0; row < column.Length; row++)
            {
                if (weights[row] != 0f)
                    packed.Input(to++)[f] = (column[row] - Mean[f]) * InverseDeviation[f];
            }
        }

        return packed;
    }

    private static (float Mean, float InverseDeviation) Map(Samples rows, int unit, int units)
    {
        Moments moments = new();
        for (int column = unit; column < rows.Width; column += units)
            moments.Add(rows.Column(column), rows.Weights);
        double squares = 0;
        int steps = 0;
        for (int column = unit; column < rows.Width; column += units, steps++)
            squares += Math.Pow(moments.Deviation(rows.Column(column), rows.Weights), 2);
        float reciprocal = (float)(1 / Math.Sqrt(squares / steps));

        // Infinite without a deviation; denormal beyond the range of a float.
        return ((float)moments.Mean, float.IsNormal(reciprocal) ? reciprocal : 0f);
    }

    /// <summary>Weighted sums, in double precision.</summary>
    private struct Moments
    {
        private double _sum;
        private double _weight;

        internal readonly double Mean => _sum / _weight;

        internal void Add(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
        {
            for (int row = 0; row < values.Length; row++)
            {
                _sum += (double)values[row] * weights[row];
                _weight += weights[row];
            }
        }

        /// <summary>The root of the mean squared distance of these values from the mean of all.</summary>
        internal readonly double Deviation(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
        {
            double squares = 0, weight = 0, mean = Mean;
            for (int row = 0; row < values.Length; row++)
            {
                double difference = values[row] - mean;
                squares += difference * difference * weights[row];
                weight += weights[row];
            }

            double deviation = Math.Sqrt(squares / weight);

            // Below the rounding of a float the spread is noise of the sums, not of the data.
            return deviation > Math.Abs(mean) * 1e-7 ? deviation : 0;
        }
    }
}
