using System;
using System.Globalization;
using Spectre.Console;

namespace Kml.Training;

/// <summary>The result of training for a reader.</summary>
internal static class TrainingReport
{
    /// <summary>Prints it.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    internal static void Print(TrainingResult result, IAnsiConsole console)
    {
        RowCounts counts = result.Test.Counts;
        string split = FormattableString.Invariant($"{result.Train.Count} to learn from, {result.Validation.Count} to stop on, {result.Test.Count} to test");
        Line($"{result.Model.Name}: {counts.Rows} rows of {counts.Records} records: {split}");
        if (result.Float.Rows != result.Test.Count)
            Line($"tested on the {result.Float.Rows} of these that were held out or collected while nothing was acted on");
        Line($"{OutcomeText.Of(result.Outcome)} after {result.Epochs.Count} epochs; weights of epoch {result.BestEpoch}");
        foreach (TrainingWarning warning in result.Warnings)
            Line($"warning: {warning.Kind}: {warning.Message}");

        Table table = new Table()
            .Border(TableBorder.Simple)
            .AddColumns(result.Model.Verdict is null ? "accuracy" : "accuracy of the verdict", "test rows", "network ahead by");
        if (result.BaselineScores is BaselineScores scores)
        {
            foreach (BaselineScore rival in scores.Rivals)
                table.AddRow(rival.Name, Percent(rival.Accuracy), Points(result.Float.Accuracy!.Value - rival.Accuracy));
        }

        Engine("float network", result.Float);
        if (result.Integer is EngineMetrics integer)
            Engine("integer twin", integer);
        console.Write(table);

        void Line(FormattableString text) => console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        void Engine(string name, EngineMetrics metrics)
        {
            if (metrics.Accuracy is double accuracy)
                table.AddRow(name, Percent(accuracy), "");
            if (metrics.Verdict is ConfusionMatrix c)
            {
                string cells = string.Create(CultureInfo.InvariantCulture, $"{c[1, 1]}, {c[0, 1]}, {c[1, 0]}, {c[0, 0]}");
                table.AddRow($"{name}: yes right, yes wrong, no wrong, no right", cells, metrics.Faulted > 0 ? $"{metrics.Faulted} faulted" : "");
            }

            if (metrics.MeanAbsoluteError is double error)
            {
                table.AddRow(
                    $"{name}: mean absolute error, in the label's unit",
                    error.ToString("G5", CultureInfo.InvariantCulture),
                    metrics.NotFinite > 0 ? $"{metrics.NotFinite} not finite" : "");
            }
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    private static string Points(double difference) => string.Create(CultureInfo.InvariantCulture, $"{100 * difference:+0.00;-0.00} points");
}
