using System;
using System.Linq;
using Kml.Inference;

namespace Kml.Training;

/// <summary>How well an engine predicts rows.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Verdict">Of a model with a verdict: the counts.</param>
/// <param name="ClassAccuracy">Of a classification: the share of right classes.</param>
/// <param name="MeanAbsoluteError">Of a regression: in the label's unit, over the predictions that are finite.</param>
public sealed record NetworkMetrics(int Rows, Confusion? Verdict, double? ClassAccuracy, double? MeanAbsoluteError)
{
    /// <summary>Of a regression: the predictions that are NaN or infinite. <see cref="TrainingResult.Warnings"/> names the row and the feature that they come from.</summary>
    public int NotFinite { get; init; }

    /// <summary>The accuracy that baselines are compared with: of the verdict, else of the class; null for a regression without verdict.</summary>
    public double? Accuracy => Verdict?.Accuracy ?? ClassAccuracy;

    /// <summary>Measures the float engine.</summary>
    /// <param name="network">The engine.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>The metrics.</returns>
    public static NetworkMetrics Of(FloatEngine network, Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows, [.. Enumerable.Range(0, rows.Count).Select(row => network.Predict(rows.FeatureBits(row)))]);
    }

    /// <summary>Measures the integer twin.</summary>
    /// <param name="network">The engine.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>The metrics.</returns>
    public static NetworkMetrics Of(IntegerEngine network, Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows, [.. Enumerable.Range(0, rows.Count).Select(row => network.Predict(rows.FeatureBits(row)))]);
    }

    private static NetworkMetrics Of(Dataset rows, uint[] predictions)
    {
        bool classification = rows.Model.Label.IsClassification;
        double[] errors = classification ? [] : [.. predictions.Select((p, row) => Math.Abs((double)ScalarBits.ToSingle(rows.Model.Label.Type, p) - rows.Label(row)))];
        return new NetworkMetrics(
            rows.Count,
            rows.HasVerdict ? Confusion.Of(rows, predictions) : null,
            classification ? predictions.Where((p, row) => p == rows.LabelBits(row)).Count() / (double)rows.Count : null,
            classification ? null : errors.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())
        {
            NotFinite = errors.Count(error => !double.IsFinite(error)),
        };
    }
}
