using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;
using Spectre.Console;

namespace Kml.Training;

/// <summary>How one predictor does.</summary>
/// <param name="Name">The predictor, or what a baseline looks at.</param>
/// <param name="Class">Of a classification.</param>
/// <param name="Regression">Of a regression.</param>
public sealed record EvaluationRow(string Name, ClassScore? Class, RegressionScore? Regression)
{
    /// <summary>The figure that predictors are compared by: the share of wrong classes, or the quantile loss.</summary>
    public double Loss => Class is null ? Regression!.QuantileLoss : 1 - Class.Accuracy;
}

/// <summary>How a predictor does on rows that it has not learned from, beside what can be had without learning.</summary>
/// <param name="Model">The predictor.</param>
/// <param name="Baselines">
/// The majority (or mean and quantile of the labels), and the best single feature in 16 bins: best on the test rows, so the hardest rival, not a fair one.
/// </param>
/// <param name="Rows">The number of test rows.</param>
/// <param name="SizeBytes">Bytes that the predictor takes.</param>
public sealed record Evaluation(EvaluationRow Model, EquatableArray<EvaluationRow> Baselines, int Rows, long SizeBytes)
{
    /// <summary>The baseline that does best.</summary>
    public EvaluationRow BestBaseline => Baselines.MinBy(b => b.Loss)!;

    /// <summary>Measures.</summary>
    /// <param name="predictor">The fitted model.</param>
    /// <param name="train">The rows that baselines are fitted on: those that the predictor learned from.</param>
    /// <param name="test">Other rows.</param>
    /// <param name="name">What to call the predictor.</param>
    /// <param name="quantile">Of a regression: the quantile that it is meant to predict.</param>
    /// <returns>The evaluation.</returns>
    /// <exception cref="TrainingException">The predictor is for other rows, or no row of one of the tables has a weight.</exception>
    public static Evaluation Of(IPredictor predictor, Samples train, Samples test, string name = "model", double quantile = 0.5)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        RequireWeight(train, "training");
        RequireWeight(test, "test");
        if (train.Width != test.Width || train.Classes != test.Classes)
        {
            throw new TrainingException($"The training rows have {train.Width} features and {train.Classes} classes, "
                + $"the test rows {test.Width} and {test.Classes}. Take both from one table.");
        }

        List<EvaluationRow> baselines = [];
        if (test.Classes > 0)
        {
            baselines.Add(Row("majority", Lookup.Constant(train)));
        }
        else
        {
            baselines.Add(Row("mean", Lookup.Constant(train)));
            string which = quantile == 0.5 ? "median" : string.Create(CultureInfo.InvariantCulture, $"quantile {quantile:R}");
            baselines.Add(Row(which, Lookup.Constant(train, Quantile(train, quantile))));
        }

        if (test.Width > 0)
        {
            baselines.Add(Enumerable.Range(0, test.Width)
                .Select(f => Row($"{test.Names[f]} in {Lookup.Bins} bins", Lookup.OfFeature(train, f)))
                .MinBy(r => r.Loss)!);
        }

        return new Evaluation(Row(name, predictor), new([.. baselines]), test.Count, predictor.SizeBytes);

        EvaluationRow Row(string what, IPredictor p) => RowOf(what, p, test, quantile);
    }

    /// <summary>Measures a predictor alone.</summary>
    /// <param name="predictor">The fitted model.</param>
    /// <param name="test">Rows that it has not learned from.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="quantile">Of a regression: the quantile that it is meant to predict.</param>
    /// <returns>Its row.</returns>
    /// <exception cref="TrainingException">The predictor is for other rows, or no row has a weight.</exception>
    public static EvaluationRow RowOf(string name, IPredictor predictor, Samples test, double quantile = 0.5)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(test);
        RequireWeight(test, "test");
        if (predictor.Width != test.Width || predictor.Classes != test.Classes)
        {
            throw new TrainingException($"The predictor takes {predictor.Width} features and gives {predictor.Classes} classes; "
                + $"the rows have {test.Width} and {test.Classes}. Take rows of the same table.");
        }

        float[] outputs = new float[ArraySize.Of("The predictions", test.Count, Math.Max(1, test.Classes))];
        predictor.Predict(test.Features, test.Count, outputs);
        return test.Classes > 0
            ? new EvaluationRow(name, ClassScore.Of(outputs, test), null)
            : new EvaluationRow(name, null, RegressionScore.Of(outputs, test, quantile));
    }

    /// <summary>Prints the predictor beside its baselines, and the confusion of its classes.</summary>
    /// <param name="console">Where; null for the standard output.</param>
    public void Print(IAnsiConsole? console = null) => SideOutput.Print(console, to => EvaluationTable.Print(this, to));

    private static float Quantile(Samples train, double quantile)
    {
        float[] labels = train.Labels.ToArray(), weights = train.Weights.ToArray();
        Array.Sort(labels, weights);
        double due = quantile * weights.Sum(w => (double)w) * (1 - 1e-6), sum = 0; // Rounded sums that differ by their scale alone are one share.
        int at = 0;
        while (at < labels.Length - 1 && (sum += weights[at]) < due)
            at++;
        return labels[at];
    }

    private static void RequireWeight(Samples samples, string which)
    {
        double sum = 0;
        foreach (float weight in samples.Weights)
            sum += weight;
        if (!(sum > 0))
            throw new TrainingException($"None of the {samples.Count} {which} rows has a weight above 0: nothing can be measured. Collect more records.");
    }
}
