using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Model;
using Kml.Runtime;
using Kml.Training;
using Spectre.Console;

namespace IssueTimeSample.Demo;

/// <summary>Prints what the demo saw, in one table, and fails if anything did not hold.</summary>
internal static class Report
{
    /// <summary>What the workload has to offer, and what the model has to make of it: shares of 1.</summary>
    private const double GreatestMajority = 0.65, LeastOverMajority = 0.10, LeastOverOperation = 0.10, LeastOverFeature = 0.03;

    private const int LeastRecords = 5000, LeastReplayed = 1000, MostLoadedBytes = 64 * 1024;

    public static int Run(string learned, string live, string weights, string modules)
    {
        // In a log there is no width to fit; at a terminal of less, Spectre's wrapping reads worse than the terminal's.
        OutputConsole.Standard.Profile.Width = Math.Max(OutputConsole.Standard.Profile.Width, 120);
        FormReport floating = FormReport.Of<IssueTime>(learned, live, weights, PredictionFormat.Float, "fpu");
        FormReport fixedPoint = FormReport.Of<IssueTimeQ16>(learned, live, weights, PredictionFormat.Float, "fpu");
        FormReport integer = FormReport.Of<IssueTimeQ16>(learned, live, weights, PredictionFormat.Integer, "int");
        FormReport[] forms = [floating, fixedPoint, integer];

        Table table = new Table()
            .Title("What was learned from one run, in the kernel during another", Style.Plain)
            .AddColumn("")
            .AddColumns("float", "Q16, FPU", "Q16, integer twin");
        table.Columns.Skip(1).ToList().ForEach(c => c.RightAligned());
        Row(table, "records learned from", forms, f => Count(f.Learned));
        Row(table, "test accuracy of the verdict", forms, f => Percent(f.Test.Accuracy!.Value));
        Row(table, "in-kernel accuracy of the verdict", forms, f => Percent(f.InKernel.Accuracy));
        Row(table, "  over verdicts", forms, f => Count((long)f.InKernel.Total));
        Row(table, "  majority baseline", forms, f => Percent(f.Baselines.Majority.Accuracy));
        Row(table, "  operation lookup", forms, f => Percent(f.Baselines.Operation.Accuracy));
        Row(
            table,
            "  best single-feature lookup, 16 bins",
            forms,
            f => $"{Percent(f.Baselines.BestFeature.Accuracy)} ({f.Baselines.BestFeature.Name.Split(" in ")[0]})");
        Row(table, "in-kernel wait error, mean absolute", forms, f => Milliseconds(f.WaitErrorUs));
        Row(table, "  of the mean wait", forms, f => Milliseconds(f.MeanWaitErrorUs));
        foreach (string phase in new[] { "auto", "fpu", "int", "none" })
        {
            CounterValues a = Counts(live, phase, IssueTime.Name), b = Counts(live, phase, IssueTimeQ16.Name);
            table.AddRow($"predictions, path={phase}", Paths(a), Paths(b), "");
        }

        Row(table, "replayed in C#, equal to the bit", forms, f => $"{f.Replay.Equal:N0} of {f.Replay.Records:N0}");
        table.AddRow("module in the kernel", Kilobytes(Loaded(live, IssueTime.Name)), Kilobytes(Loaded(live, IssueTimeQ16.Name)), "same module");
        table.AddRow("  its file, stripped", Kilobytes(FileBytes(modules, IssueTime.Name)), Kilobytes(FileBytes(modules, IssueTimeQ16.Name)), "same module");
        Row(table, "time a step, guard included (emulated)", forms, f => $"{f.MedianStepNs:N0} ns");
        OutputConsole.Standard.Write(table);
        OutputConsole.Standard.WriteLine("Emulated time says nothing about speed; `make bench` measures on this machine.");
        Acting(live);

        List<string> broken = [.. forms.SelectMany(Broken)];
        foreach (string model in new[] { IssueTime.Name, IssueTimeQ16.Name }.Where(m => Loaded(live, m) > MostLoadedBytes))
            broken.Add($"kml_{model} takes {Loaded(live, model)} bytes in the kernel, more than {MostLoadedBytes}");
        foreach (string phase in new[] { "auto", "fpu", "int", "none" })
        {
            broken.AddRange(Forced(phase, Counts(live, phase, IssueTime.Name), integerTwin: false));
            broken.AddRange(Forced(phase, Counts(live, phase, IssueTimeQ16.Name), integerTwin: true));
        }

        broken.ForEach(line => Console.Error.WriteLine("does not hold: " + line));
        return broken.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Broken(FormReport form)
    {
        double accuracy = form.InKernel.Accuracy;
        if (form.Learned < LeastRecords)
            yield return $"{form.Name}: {form.Learned} records were learned from, fewer than {LeastRecords}";
        if (form.Replay.Different > 0 || form.Replay.Equal != form.Replay.Records)
            yield return $"{form.Name}: {form.Replay.Different} of {form.Replay.Records} records differ from their replay: {form.Replay.FirstDifference}";
        if (form.Replay.Predictions < LeastReplayed)
            yield return $"{form.Name}: {form.Replay.Predictions} predictions were replayed, fewer than {LeastReplayed}";
        if (form.CountedApart > 0)
            yield return $"{form.Name}: the kernel's count of verdicts differs from its records by {form.CountedApart}";
        if (form.Baselines.Majority.Accuracy > GreatestMajority || form.Baselines.Majority.Accuracy < 1 - GreatestMajority)
            yield return $"{form.Name}: the majority has {Percent(form.Baselines.Majority.Accuracy)} of the workload, more than {Percent(GreatestMajority)}";
        if (accuracy - form.Baselines.Majority.Accuracy < LeastOverMajority)
            yield return $"{form.Name}: {Percent(accuracy)} in the kernel is not {Percent(LeastOverMajority)} over the majority";
        if (accuracy - form.Baselines.Operation.Accuracy < LeastOverOperation)
            yield return $"{form.Name}: {Percent(accuracy)} in the kernel is not {Percent(LeastOverOperation)} over the operation lookup";
        if (accuracy - form.Baselines.BestFeature.Accuracy < LeastOverFeature)
            yield return $"{form.Name}: {Percent(accuracy)} in the kernel is not {Percent(LeastOverFeature)} over {form.Baselines.BestFeature.Name}";
    }

    private static IEnumerable<string> Forced(string path, CounterValues counts, bool integerTwin)
    {
        ulong tried = counts[CounterCatalog.Tried], floats = counts[CounterCatalog.Float], integers = counts[CounterCatalog.Integer];
        bool holds = path switch
        {
            "fpu" => floats > 0 && integers == 0,
            "int" => integerTwin ? integers == tried - counts[CounterCatalog.NoneFault] && integers > 0 : floats + integers == 0,
            "none" => floats + integers == 0 && counts[CounterCatalog.NonePath] == tried,
            _ => floats > 0,
        };
        if (!holds || tried == 0)
            yield return $"path={path}: {counts.Text(CounterCatalog.Prediction)}";
    }

    private static void Acting(string live)
    {
        PhaseIo still = PhaseFile.Read<PhaseIo>(live, "still.io.json"), acting = PhaseFile.Read<PhaseIo>(live, "acting.io.json");
        CounterValues counts = Counts(live, "acting", IssueTime.Name);
        Table table = new Table().Title("Acting, the same workload and seed; no claim is made", Style.Plain).AddColumn("").AddColumns("off", "on");
        table.Columns.Skip(1).ToList().ForEach(c => c.RightAligned());
        table.AddRow(
            "predictions acted on",
            "0",
            $"{counts[CounterCatalog.Acted]:N0} of {counts[CounterCatalog.Float]:N0} ({counts[CounterCatalog.HeldOut]:N0} held out)");
        table.AddRow("merges", Count((long)still.Merges), Count((long)acting.Merges));
        table.AddRow("read latency, mean", Milliseconds(still.ReadMeanUs), Milliseconds(acting.ReadMeanUs));
        table.AddRow("read latency, p99", Milliseconds(still.ReadP99Us), Milliseconds(acting.ReadP99Us));
        table.AddRow("write latency, mean", Milliseconds(still.WriteMeanUs), Milliseconds(acting.WriteMeanUs));
        table.AddRow("write latency, p99", Milliseconds(still.WriteP99Us), Milliseconds(acting.WriteP99Us));
        OutputConsole.Standard.Write(table);
    }

    private static CounterValues Counts(string live, string phase, string model) => PhaseFile.Counters(live, $"{phase}.{model}.json");

    private static void Row(Table table, string name, FormReport[] forms, Func<FormReport, string> value) =>
        table.AddRow([name, .. forms.Select(value)]);

    private static string Paths(CounterValues counts)
    {
        ulong none = counts[CounterCatalog.NonePath] + counts[CounterCatalog.NoneFpu] + counts[CounterCatalog.NoneFault];
        return string.Create(CultureInfo.InvariantCulture, $"{counts[CounterCatalog.Float]:N0} float, {counts[CounterCatalog.Integer]:N0} int, {none:N0} none");
    }

    private static string Kilobytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F1} KB");

    private static long Loaded(string live, string model) => PhaseFile.Read<LoadedBytes>(live, LoadedBytes.File(model)).Bytes;

    private static long FileBytes(string modules, string model) => new FileInfo(Path.Combine(modules, $"kml_{model}.ko")).Length;

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static string Milliseconds(double us) => (us / 1000).ToString("F1", CultureInfo.InvariantCulture) + " ms";
}
