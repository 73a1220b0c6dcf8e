using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Training;

namespace Kml.Benchmarks;

/// <summary>
/// KML's readahead rows: which workload is it? Ten folds with the shares of the classes, a few times over, beside scikit-learn on the same folds.
/// </summary>
internal static class ReadaheadAccuracy
{
    private const string Case = "readahead";
    private const int FoldCount = 10;
    private const int Seeds = 3;

    /// <summary>scikit-learn 1.2.1 when tried: its rivals where it is absent.</summary>
    private static readonly Dictionary<string, double> WhenTried = new()
    {
        ["MLPClassifier"] = 0.711,
        ["RandomForestClassifier"] = 0.746,
        ["HistGradientBoostingClassifier"] = 0.737,
    };

    internal static void Run(AccuracyData data, AccuracyTable table)
    {
        Samples samples = data.Readahead();
        AccuracyTable.Heading($"{Case}: {samples.Count} rows, {samples.Classes} classes, {FoldCount} folds, means over {Seeds} seeds with their 95 % interval");
        Dictionary<string, double[]> theirs = Theirs(data, samples);
        foreach ((string rival, double[] accuracies) in theirs)
            Add(table, rival, accuracies, null, accuracies.Length == 1 ? "when tried; scikit-learn is not here" : "scikit-learn, same folds");
        foreach ((string kind, string? rival, ILearner learner) in AccuracyKinds.Readahead)
        {
            double[] ours = new double[Seeds];
            long bytes = 0;
            for (int seed = 0; seed < Seeds; seed++)
            {
                double right = 0;
                foreach ((Samples train, Samples test) in samples.Folds(FoldCount, FoldKind.Stratified, (ulong)seed))
                {
                    IPredictor fitted = learner.Fit(train);
                    bytes = Math.Max(bytes, fitted.SizeBytes);
                    right += Evaluation.RowOf(kind, fitted, test).Class!.Accuracy * test.Count;
                }

                ours[seed] = right / samples.Count;
            }

            Add(table, kind, ours, bytes, learner.Name);
            if (rival is not null)
                Compare(table, kind, ours, rival, theirs[rival]);
        }
    }

    /// <summary>
    /// No worse: on the same folds, not below it in the mean, which is reproducible for both are seeded. Against an old figure of other folds:
    /// the interval of the differences does not lie below 0.
    /// </summary>
    private static void Compare(AccuracyTable table, string kind, double[] ours, string rival, double[] theirs)
    {
        Interval difference = Interval.Of([.. ours.Select((accuracy, seed) => accuracy - theirs[seed % theirs.Length])]);
        table.Goal(
            FormattableString.Invariant($"readahead: {kind} no worse than {rival} ")
                + FormattableString.Invariant($"({100 * difference.Mean:+0.0;-0.0} +- {100 * difference.HalfWidth:F1} points)"),
            (theirs.Length == 1 ? difference.High : difference.Mean) >= 0);
    }

    private static void Add(AccuracyTable table, string model, double[] accuracies, long? bytes, string note)
    {
        Interval interval = Interval.Of(accuracies);
        table.Add(new(Case, model, "accuracy", interval.Mean, HalfWidth: accuracies.Length == 1 ? null : interval.HalfWidth, Bytes: bytes, Note: note));
    }

    /// <summary>scikit-learn's accuracies, a seed each; or the one of old.</summary>
    private static Dictionary<string, double[]> Theirs(AccuracyData data, Samples samples)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Enumerable.Range(0, Seeds).Select(seed => string.Join(' ', samples.FoldOf(FoldCount, FoldKind.Stratified, (ulong)seed))));
            string script = Path.Combine(AppContext.BaseDirectory, "python", "readahead_folds.py");
            foreach (string python in new[] { "python3", "/usr/bin/python3" })
            {
                if (Execute(python, "-c", "import sklearn") is null)
                    continue;
                string output = Execute(python, script, data.ReadaheadFeatures, data.ReadaheadClasses, file)
                    ?? throw new InvalidOperationException("scikit-learn is here, but its run failed; its message is above.");
                return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.Split('\t'))
                    .ToDictionary(cells => cells[0], cells => (double[])[.. cells[1..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]);
            }

            return WhenTried.ToDictionary(figure => figure.Key, figure => (double[])[figure.Value]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Execute(string tool, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = arguments[0] == "-c" };
            // On a few hundred rows its threads only wait for each other.
            start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // There is no such interpreter.
        }
    }
}
