using System;
using Kml.Model;

namespace Kml.Training;

/// <summary>Predictions of like confidence.</summary>
/// <param name="Weight">What they count for together.</param>
/// <param name="Confidence">The mean probability that the predictor gave to the class that it chose.</param>
/// <param name="Accuracy">The share of them that was right.</param>
public sealed record ReliabilityBin(double Weight, double Confidence, double Accuracy);

/// <summary>Whether probabilities mean what they say: of what is said with 80 %, 80 % should be right.</summary>
/// <param name="Error">
/// The expected calibration error (Guo et al. 2017): the mean distance of confidence and accuracy over the bins, by weight; 0 is perfect.
/// </param>
/// <param name="Bins">Ten bins of equal width, from 0 to 1; NaN in those without rows.</param>
public sealed record Calibration(double Error, EquatableArray<ReliabilityBin> Bins)
{
    private const int BinCount = 10;

    /// <summary>Measures.</summary>
    /// <param name="confidence">The probability given to the class that was chosen; [row].</param>
    /// <param name="right">Whether that was the class; [row].</param>
    /// <param name="weights">What rows count for; [row].</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="TrainingException">A confidence is NaN or infinite; the message names its row.</exception>
    public static Calibration Of(ReadOnlySpan<float> confidence, ReadOnlySpan<bool> right, ReadOnlySpan<float> weights)
    {
        FiniteOutputs.Require(confidence, nameof(confidence));
        double[] weight = new double[BinCount], sum = new double[BinCount], hits = new double[BinCount];
        double total = 0;
        for (int row = 0; row < confidence.Length; row++)
        {
            // A bin ends with its upper limit, as 1 belongs to the last.
            int bin = Math.Clamp((int)Math.Ceiling((double)confidence[row] * BinCount) - 1, 0, BinCount - 1);
            weight[bin] += weights[row];
            sum[bin] += (double)weights[row] * confidence[row];
            hits[bin] += right[row] ? weights[row] : 0;
            total += weights[row];
        }

        double error = 0;
        ReliabilityBin[] bins = new ReliabilityBin[BinCount];
        for (int bin = 0; bin < BinCount; bin++)
        {
            error += Math.Abs(sum[bin] - hits[bin]) / total;
            bins[bin] = new ReliabilityBin(weight[bin], sum[bin] / weight[bin], hits[bin] / weight[bin]);
        }

        return new Calibration(error, new(bins));
    }
}
