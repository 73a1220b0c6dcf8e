using System;

namespace Kml.Training;

/// <summary>How well numbers are predicted; rows count by their weights, and all errors are in the label's unit.</summary>
/// <param name="MeanAbsoluteError">The mean distance.</param>
/// <param name="RootMeanSquaredError">The root of the mean squared distance.</param>
/// <param name="Quantile">The quantile that <paramref name="QuantileLoss"/> asks for.</param>
/// <param name="QuantileLoss">
/// The pinball loss (Koenker, Bassett 1978): a prediction that is too low costs the quantile a unit, one that is too high 1 less the quantile.
/// </param>
public sealed record RegressionScore(double MeanAbsoluteError, double RootMeanSquaredError, double Quantile, double QuantileLoss)
{
    /// <summary>Measures predictions.</summary>
    /// <param name="predictions">[row].</param>
    /// <param name="rows">The actual labels, and the weights.</param>
    /// <param name="quantile">The quantile that is asked for, above 0 and below 1.</param>
    /// <returns>The score.</returns>
    /// <exception cref="TrainingException">A prediction is NaN or infinite; the message names row and column.</exception>
    public static RegressionScore Of(ReadOnlySpan<float> predictions, Samples rows, double quantile = 0.5)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!(quantile > 0 && quantile < 1))
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile lies above 0 and below 1.");
        FiniteOutputs.Require(predictions, rows);
        ReadOnlySpan<float> labels = rows.Labels, weights = rows.Weights;
        double absolute = 0, squared = 0, pinball = 0, total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double above = (double)labels[row] - predictions[row], weight = weights[row];
            absolute += weight * Math.Abs(above);
            squared += weight * above * above;
            pinball += weight * Math.Max(quantile * above, (quantile - 1) * above);
            total += weight;
        }

        return new RegressionScore(absolute / total, Math.Sqrt(squared / total), quantile, pinball / total);
    }
}
