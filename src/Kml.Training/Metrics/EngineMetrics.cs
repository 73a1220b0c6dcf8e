using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference;
using Kml.Model;

namespace Kml.Training;

/// <summary>How well an engine predicts rows.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Verdict">Of a model with a verdict: no (0) and yes (1), as they were and as predicted.</param>
/// <param name="ClassAccuracy">Of a classification: the share of right classes.</param>
/// <param name="MeanAbsoluteError">Of a regression: in the label's unit, over the predictions that are finite.</param>
public sealed record EngineMetrics(int Rows, ConfusionMatrix? Verdict, double? ClassAccuracy, double? MeanAbsoluteError)
{
    /// <summary>
    /// Of a regression: the predictions that are NaN or infinite. <see cref="TrainingResult.Warnings"/> names the row and the feature that they come from.
    /// </summary>
    public int NotFinite { get; init; }

    /// <summary>Of a model with a verdict: the rows on whose prediction the verdict method faulted; they are wrong, and not in <see cref="Verdict"/>.</summary>
    public int Faulted { get; init; }

    /// <summary>The accuracy that baselines are compared with: of the verdict, else of the class; null for a regression without verdict.</summary>
    public double? Accuracy => Verdict is null ? ClassAccuracy : Verdict.Right / Rows;

    /// <summary>Measures the float engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>The metrics.</returns>
    public static EngineMetrics Of(FloatEngine engine, Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(rows);
        int width = engine.Program.Head.Confidences.Count;
        uint[] confidences = new uint[ArraySize.Of("The confidences of the rows", rows.Count, width)];
        uint[] predictions = [.. Enumerable.Range(0, rows.Count).Select(row => engine.Predict(rows.FeatureBits(row), confidences.AsSpan(row * width, width)))];
        return Of(rows, predictions, confidences);
    }

    /// <summary>Measures the integer twin.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>The metrics.</returns>
    public static EngineMetrics Of(IntegerEngine engine, Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows, [.. Enumerable.Range(0, rows.Count).Select(row => engine.Predict(rows.FeatureBits(row)))], []);
    }

    private static EngineMetrics Of(Dataset rows, uint[] predictions, uint[] confidences)
    {
        LabelSpec label = rows.Model.Label;
        double[] errors = label.IsClassification
            ? []
            : [.. predictions.Select((p, row) => Math.Abs((double)ScalarBits.ToSingle(label.Type, p) - rows.Label(row)))];
        ConfusionMatrix? verdict = rows.HasVerdict ? Verdicts(rows, predictions, confidences) : null;
        return new EngineMetrics(
            rows.Count,
            verdict,
            label.IsClassification ? predictions.Where((p, row) => p == rows.LabelBits(row)).Count() / (double)rows.Count : null,
            label.IsClassification ? null : errors.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())
        {
            NotFinite = errors.Count(error => !double.IsFinite(error)),
            Faulted = verdict is null ? 0 : rows.Count - (int)verdict.Total,
        };
    }

    private static ConfusionMatrix Verdicts(Dataset rows, uint[] predictions, uint[] confidences)
    {
        int width = confidences.Length / Math.Max(1, rows.Count);
        List<float> actual = [];
        List<int> predicted = [];
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.VerdictOf(row, predictions[row], confidences.AsSpan(row * width, width)) is not bool verdict)
                continue;
            actual.Add(rows.Verdict(row) ? 1 : 0);
            predicted.Add(verdict ? 1 : 0);
        }

        return ConfusionMatrix.Of([.. actual], [.. predicted], [.. Enumerable.Repeat(1f, actual.Count)], 2);
    }
}
