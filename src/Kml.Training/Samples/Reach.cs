using System;
using System.Globalization;

namespace Kml.Training;

/// <summary>
/// How far from the others a number may lie for a learner that computes with it, in floats. What is farther is named before anything is learned.
/// </summary>
internal static class Reach
{
    /// <summary>The greatest magnitude of a feature: the difference of two such is a float.</summary>
    internal const float MostFeature = 8.507059e37f; // 2^126

    /// <summary>The greatest magnitude of a label: predictions that overshoot are floats.</summary>
    internal const float MostLabel = 1.3292280e36f; // 2^120

    /// <summary>The most deviations from the mean: its square, summed over rows, is a float.</summary>
    internal const float MostDeviations = 1e15f;

    /// <summary>Looks at rows that count, for learners that compute with features.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="which">What they are for, such as <c>training</c>.</param>
    /// <exception cref="TrainingException">A feature or label is out of reach; the message names row and column.</exception>
    internal static void Check(Samples samples, string which)
    {
        for (int f = 0; f < samples.Width; f++)
            Check(samples.Column(f), samples.Weights, MostFeature, which, $"column '{samples.Names[f]}'");
        CheckLabels(samples, which);
    }

    /// <summary>Looks at the labels of a regression's rows that count.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="which">What they are for.</param>
    /// <exception cref="TrainingException">A label is out of reach; the message names the row.</exception>
    internal static void CheckLabels(Samples samples, string which)
    {
        if (samples.Classes == 0)
            Check(samples.Labels, samples.Weights, MostLabel, which, "the label");
    }

    /// <summary>Looks at the labels of validation rows that count, by those of the training rows.</summary>
    /// <param name="validation">The validation rows.</param>
    /// <param name="train">The training rows, of which one has a weight.</param>
    /// <exception cref="TrainingException">A label is out of reach; the message names the row.</exception>
    internal static void CheckLabels(Samples validation, Samples train)
    {
        CheckLabels(validation, "validation");
        if (validation.Classes > 0)
            return;
        Spread label = Spread.Of(train.Labels, train.Weights);
        for (int row = 0; row < validation.Count; row++)
        {
            if (validation.Weights[row] > 0 && !(Math.Abs((validation.Labels[row] - label.Mean) / label.Unit) <= MostDeviations))
                throw Deviates(row, "validation", "the label", validation.Labels[row]);
        }
    }

    /// <summary>What is said of a number that lies too far from the training rows'.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="which">What the rows are for.</param>
    /// <param name="column">Its column.</param>
    /// <param name="value">The number.</param>
    /// <returns>The exception.</returns>
    internal static TrainingException Deviates(int row, string which, string column, float value) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"In row {row} of the {which} rows {column} is {value:R}, more than {MostDeviations:G1} deviations from the mean of the training rows: ")
        + "it would decide alone, or leave the range of a float. Leave the row out, or bound what computes it.");

    private static void Check(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, float most, string which, string column)
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (!(MathF.Abs(values[row]) <= most) && weights[row] > 0)
            {
                throw new TrainingException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"In row {row} of the {which} rows {column} is {values[row]:R}, beyond the {most:G3} up to which a float leaves room to compute. ")
                    + "Leave the row out, choose another unit, or bound what computes it.");
            }
        }
    }
}
