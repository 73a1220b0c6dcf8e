using System;

namespace Kml.Training;

/// <summary>How well classes are predicted; rows count by their weights.</summary>
/// <param name="Confusion">Actual against predicted classes.</param>
/// <param name="Auc">
/// The area under the ROC curve of class 1; with more than two classes, the mean over one against the rest. NaN unless there are rows of two classes.
/// </param>
/// <param name="LogLoss">The mean negative logarithm of the probability that the actual class was given, which counts as at least 1e-7.</param>
/// <param name="Calibration">Whether the probabilities mean what they say.</param>
public sealed record ClassScore(ConfusionMatrix Confusion, double Auc, double LogLoss, Calibration Calibration)
{
    private const float LeastProbability = 1e-7f;

    /// <summary>The share that is right.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>Of two classes: the F1 of class 1. Of more: the mean over the classes that occur.</summary>
    public double F1 => Confusion.Classes == 2 ? Confusion.F1(1) : Confusion.MacroF1;

    /// <summary>Measures probabilities.</summary>
    /// <param name="probabilities">[class][row].</param>
    /// <param name="rows">The actual classes, and the weights.</param>
    /// <returns>The score.</returns>
    /// <exception cref="TrainingException">A probability is NaN or infinite; the message names row and column.</exception>
    public static ClassScore Of(ReadOnlySpan<float> probabilities, Samples rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        FiniteOutputs.Require(probabilities, rows);
        int count = rows.Count;
        ReadOnlySpan<float> labels = rows.Labels, weights = rows.Weights;
        int[] chosen = ConfusionMatrix.Choices(probabilities, rows);
        float[] confidence = new float[count];
        bool[] right = new bool[count];
        double loss = 0, total = 0;
        for (int row = 0; row < count; row++)
        {
            int best = chosen[row];
            confidence[row] = probabilities[(best * count) + row];
            right[row] = best == (int)labels[row];
            loss -= weights[row] * Math.Log(Math.Max(probabilities[((int)labels[row] * count) + row], LeastProbability));
            total += weights[row];
        }

        return new ClassScore(
            ConfusionMatrix.Of(labels, chosen, weights, rows.Classes),
            OneAgainstRest(probabilities, rows),
            loss / total,
            Calibration.Of(confidence, right, weights));
    }

    private static double OneAgainstRest(ReadOnlySpan<float> probabilities, Samples rows)
    {
        if (rows.Classes == 2)
            return Ranking.Auc(probabilities[rows.Count..], rows.Labels, 1, rows.Weights);
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < rows.Classes; c++)
        {
            double auc = Ranking.Auc(probabilities.Slice(c * rows.Count, rows.Count), rows.Labels, c, rows.Weights);
            if (!double.IsNaN(auc))
            {
                sum += auc;
                classes++;
            }
        }

        return sum / classes;
    }
}
