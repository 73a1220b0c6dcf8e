using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Networks;

namespace Kml.Training;

/// <summary>
/// The map that brings every feature to mean 0 and deviation 1, and a regression's label too: learned from training rows alone, each with its weight.
/// </summary>
/// <param name="Mean">Means of the columns of features.</param>
/// <param name="InverseDeviation">Reciprocal standard deviations; 0 for a constant feature alone, which is so ignored whatever it becomes later.</param>
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
        Spread label = Spread.Of(rows.Labels, rows.Weights);
        return new Normalisation(means, inverse, Within(label.Unit), (float)label.Mean);
    }

    /// <summary>The map for other rows: their features' means and deviations, and the label as it is.</summary>
    /// <param name="rows">The rows, of which one has a weight.</param>
    /// <param name="form">The network.</param>
    /// <returns>The map.</returns>
    internal Normalisation For(Samples rows, NetworkForm form) => Learn(RelativeWeights.Of(rows), form) with { LabelScale = LabelScale, LabelMean = LabelMean };

    /// <summary>Rows as the network takes them, as the float engine normalises them. Rows of weight 0 are left out.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="factors">What a row of each class counts for beside its weight; none for 1.</param>
    /// <param name="which">What they are for, such as <c>training</c>.</param>
    /// <returns>The rows that count.</returns>
    /// <exception cref="TrainingException">
    /// A number lies farther from the training rows' than a network can compute with; the message names row and column.
    /// </exception>
    internal PackedRows<float> Pack(Samples rows, ReadOnlySpan<double> factors, string which = "training")
    {
        int count = rows.Count - rows.Weights.Count(0f);
        PackedRows<float> packed = new(count, rows.Width);
        for (int row = 0, to = 0; row < rows.Count; row++)
        {
            float weight = rows.Weights[row];
            if (weight == 0f)
                continue;
            packed.Target(to)[0] = Label(rows, row, which);
            packed.Weight(to)[0] = factors.IsEmpty ? weight : (float)(weight * factors[(int)rows.Labels[row]]);
            to++;
        }

        for (int f = 0; f < rows.Width; f++)
        {
            ReadOnlySpan<float> column = rows.Column(f), weights = rows.Weights;
            for (int row = 0, to = 0; row < column.Length; row++)
            {
                if (weights[row] != 0f)
                    packed.Input(to++)[f] = Feature(rows, column[row], row, f, which);
            }
        }

        return packed;
    }

    /// <summary>A label as the network predicts it.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="row">Which.</param>
    /// <param name="which">What they are for.</param>
    /// <returns>The normalised label; a class as it is.</returns>
    /// <exception cref="TrainingException">It is out of reach.</exception>
    internal float Label(Samples rows, int row, string which)
    {
        float value = (rows.Labels[row] - LabelMean) / LabelScale;
        return rows.Classes > 0 || MathF.Abs(value) <= Reach.MostDeviations ? value : throw Reach.Deviates(row, which, "the label", rows.Labels[row]);
    }

    /// <summary>
    /// A feature as the network takes it, and as the float engine normalises it: the difference comes first, for it is exact of numbers that are near.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="raw">The feature's value.</param>
    /// <param name="row">Its row.</param>
    /// <param name="f">The feature.</param>
    /// <param name="which">What the rows are for.</param>
    /// <returns>The normalised feature.</returns>
    /// <exception cref="TrainingException">It is out of reach.</exception>
    internal float Feature(Samples rows, float raw, int row, int f, string which)
    {
        float value = (raw - Mean[f]) * InverseDeviation[f];
        return MathF.Abs(value) <= Reach.MostDeviations ? value : throw Reach.Deviates(row, which, $"column '{rows.Names[f]}'", raw);
    }

    /// <summary>Rows that are out of reach, for a result that stands all the same.</summary>
    /// <param name="rows">Rows to be measured on.</param>
    /// <param name="which">What they are for.</param>
    /// <returns>A warning that names the first such row, or none.</returns>
    internal IEnumerable<TrainingWarning> Beyond(Samples rows, string which)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            for (int f = 0; f < rows.Width; f++)
            {
                float value = rows.Column(f)[row];
                if (!(MathF.Abs((value - Mean[f]) * InverseDeviation[f]) <= Reach.MostDeviations))
                    return [new TrainingWarning(TrainingWarningKind.ExtremeValue, Reach.Deviates(row, which, $"column '{rows.Names[f]}'", value).Message)];
            }
        }

        return [];
    }

    private static (float Mean, float InverseDeviation) Map(Samples rows, int unit, int units)
    {
        Spread spread = default;
        for (int column = unit; column < rows.Width; column += units)
            spread.Add(rows.Column(column), rows.Weights);
        double squares = 0;
        int steps = 0;
        for (int column = unit; column < rows.Width; column += units, steps++)
            squares += Math.Pow(spread.Distance(rows.Column(column), rows.Weights), 2);
        double deviation = Math.Sqrt(squares / steps);
        return ((float)spread.Mean, deviation > 0 ? Within(1 / deviation) : 0f);
    }

    /// <summary>
    /// A factor, or the nearest that is neither denormal nor has a denormal reciprocal: what is beyond is of numbers as small or large as floats are.
    /// </summary>
    internal static float Within(double factor) => (float)Math.Clamp(factor, Math.ScaleB(1, -126), Math.ScaleB(1, 126));
}
