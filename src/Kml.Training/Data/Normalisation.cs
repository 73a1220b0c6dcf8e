using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training;

/// <summary>The map that brings every feature to mean 0 and deviation 1, and a regression's label too: learned from training rows alone.</summary>
/// <param name="Mean">Means of the features.</param>
/// <param name="InverseDeviation">Reciprocal standard deviations; 0 for a constant feature, which is so ignored whatever it becomes later.</param>
/// <param name="LabelScale">Standard deviation of a regression's label; 1 for a classification.</param>
/// <param name="LabelMean">Its mean; 0 for a classification.</param>
internal sealed record Normalisation(float[] Mean, float[] InverseDeviation, float LabelScale, float LabelMean)
{
    /// <summary>The constant features.</summary>
    internal IEnumerable<int> Constant => Enumerable.Range(0, Mean.Length).Where(i => InverseDeviation[i] == 0f);

    /// <summary>Learns it.</summary>
    /// <param name="rows">The training rows.</param>
    /// <returns>The map.</returns>
    /// <exception cref="TrainingException">A regression's label is constant.</exception>
    internal static Normalisation Learn(Dataset rows)
    {
        int width = rows.Model.Features.Count;
        float[] means = new float[width], inverse = new float[width];
        for (int i = 0; i < width; i++)
        {
            (double mean, double deviation) = Moments(rows.Count, row => rows.Feature(row, i));
            means[i] = (float)mean;
            float reciprocal = (float)(1 / deviation);

            // Infinite without a deviation; denormal beyond the range of a float.
            inverse[i] = float.IsNormal(reciprocal) ? reciprocal : 0f;
        }

        if (rows.Model.Label.IsClassification)
            return new Normalisation(means, inverse, 1f, 0f);
        (double labelMean, double labelDeviation) = Moments(rows.Count, rows.Label);
        float scale = (float)labelDeviation;
        return float.IsNormal(scale) && float.IsNormal(1 / scale)
            ? new Normalisation(means, inverse, scale, (float)labelMean)
            : throw new TrainingException($"The label is {labelMean:R} in all {rows.Count} training rows: there is nothing to learn. Collect under a more varied load, or look at the label method '{rows.Model.Label.Method.Name}'.");
    }

    /// <summary>The inputs of rows, row by row, as the float engine normalises them.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>[rows][features].</returns>
    internal float[] Inputs(Dataset rows)
    {
        int width = Mean.Length;
        float[] inputs = new float[rows.Count * width];
        for (int at = 0; at < inputs.Length; at++)
            inputs[at] = (rows.Feature(at / width, at % width) - Mean[at % width]) * InverseDeviation[at % width];
        return inputs;
    }

    /// <summary>What the network is to yield: normalised labels, or class indices.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>[rows].</returns>
    internal float[] Targets(Dataset rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(row => (rows.Label(row) - LabelMean) / LabelScale)];

    private static (double Mean, double Deviation) Moments(int count, Func<int, float> value)
    {
        double sum = 0;
        for (int row = 0; row < count; row++)
            sum += value(row);
        double mean = sum / count, squares = 0;
        for (int row = 0; row < count; row++)
        {
            double difference = value(row) - mean;
            squares += difference * difference;
        }

        double deviation = Math.Sqrt(squares / count);

        // Below the rounding of a float the spread is noise of the sums, not of the data.
        return (mean, deviation > Math.Abs(mean) * 1e-7 ? deviation : 0);
    }
}
