using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;

namespace Kml.Training;

/// <summary>An evaluation as people read it.</summary>
internal static class EvaluationTable
{
    internal static void Print(Evaluation evaluation, IAnsiConsole console)
    {
        bool classes = evaluation.Model.Class is not null;
        Table table = new() { Border = TableBorder.Simple };
        string[] headers = classes
            ? ["accuracy", "F1", "AUC", "log loss", "calibration error"]
            : ["mean error", "root squared", Invariant($"loss at quantile {evaluation.Model.Regression!.Quantile:R}")];
        table.AddColumn(Invariant($"{evaluation.Rows} rows"));
        foreach (string header in headers)
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (EvaluationRow row in (IEnumerable<EvaluationRow>)[evaluation.Model, .. evaluation.Baselines])
            table.AddRow([Markup.Escape(row.Name), .. Figures(row)]);
        console.Write(table);
        console.WriteLine(Invariant($"{evaluation.Model.Name}: {evaluation.SizeBytes} bytes"));
        if (evaluation.Model.Class is { } score)
            Print(score.Confusion, console);
    }

    private static IEnumerable<string> Figures(EvaluationRow row) => row switch
    {
        { Class: { } c } =>
        [
            Invariant($"{c.Accuracy:P2}"),
            Invariant($"{c.F1:F4}"),
            double.IsNaN(c.Auc) ? "-" : Invariant($"{c.Auc:F4}"),
            Invariant($"{c.LogLoss:F4}"),
            Invariant($"{c.Calibration.Error:F4}"),
        ],
        _ =>
        [
            Invariant($"{row.Regression!.MeanAbsoluteError:G5}"),
            Invariant($"{row.Regression.RootMeanSquaredError:G5}"),
            Invariant($"{row.Regression.QuantileLoss:G5}"),
        ],
    };

    private static void Print(ConfusionMatrix confusion, IAnsiConsole console)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("actual \\ predicted");
        for (int c = 0; c < confusion.Classes; c++)
            table.AddColumn(new TableColumn(Invariant($"{c}")).RightAligned());
        for (int actual = 0; actual < confusion.Classes; actual++)
            table.AddRow([Invariant($"{actual}"), .. Enumerable.Range(0, confusion.Classes).Select(p => Invariant($"{confusion[actual, p]:G6}"))]);
        console.Write(table);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
