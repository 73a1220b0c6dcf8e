using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Training;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Benchmarks;

/// <summary>
/// What low precision costs on data that others have released: the same networks on the same rows from the same seeds, trained in each precision;
/// integers measured by the engine that computes what the kernel computes. Fails if integers lose more than half a point of accuracy against float32.
/// </summary>
internal static class PrecisionBenchmark
{
    private const double Points = 0.5;
    private const int Seeds = 5;
    private const int DeadlineTrainRows = 1000;
    private const int FoldCount = 10;

    /// <summary>Runs the benchmark; sets the exit code.</summary>
    /// <param name="path">Where the table goes.</param>
    public static void Run(string path)
    {
        if (PrecisionData.Find() is not PrecisionData data)
        {
            Environment.ExitCode = 1;
            return;
        }

        Samples deadline = data.Deadline(), readahead = data.Readahead();
        int[] order = [.. Enumerable.Range(0, deadline.Count)];
        List<string> table = ["case\tvariant\taccuracy\tpoints_lost\tbytes"];
        bool met = Compare(
            $"mq-deadline, the first {DeadlineTrainRows} requests to learn from",
            Network(deadline, 64, 200, 0.01f, new DenseLayer(16, Nonlinearity.Relu)),
            [(deadline.Select(order.AsSpan(0, DeadlineTrainRows)), null, deadline.Select(order.AsSpan(DeadlineTrainRows)))],
            table);
        met &= Compare(
            $"readahead, {FoldCount} folds",
            Network(readahead, 32, 400, 0.05f, new DenseLayer(15, Nonlinearity.Sigmoid), new DenseLayer(5, Nonlinearity.Sigmoid)),
            [.. readahead.Folds(FoldCount, FoldKind.Stratified, 0).Select(fold => (fold.Train, (Samples?)null, fold.Test))],
            table);
        File.WriteAllLines(path, table);
        Console.WriteLine($"Written to {path}");
        if (!met)
            Environment.ExitCode = 1;
    }

    private static bool Compare(string name, NetworkLearner learner, IReadOnlyList<(Samples Train, Samples? Validation, Samples Test)> parts, List<string> table)
    {
        PrecisionComparison comparison = PrecisionComparison.Run(learner, parts, Seeds);
        Console.WriteLine($"{name}: {learner.Name}, {Seeds} seeds, {comparison.Tested} predictions");
        comparison.Print();
        table.AddRange(comparison.Rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{name.Split(',')[0]}\t{row.Precision.ToString().ToLowerInvariant()}\t{row.Score:F4}\t{row.Lost:F2}\t{row.SizeBytes}")));
        PrecisionRow[] missed = [.. comparison.Rows.Where(row => row.Precision is TrainingPrecision.Int16 or TrainingPrecision.Int8 && row.Lost > Points)];
        foreach (PrecisionRow row in missed)
            Console.Error.WriteLine(FormattableString.Invariant($"{row.Precision} loses {row.Lost:F2} points, and {Points} are allowed."));
        return missed.Length == 0;
    }

    private static NetworkLearner Network(Samples rows, int batch, int epochs, float rate, params DenseLayer[] hidden) => new()
    {
        Form = NetworkForm.Of(rows.Width, [.. hidden, new DenseLayer(rows.Classes)]),
        Options = new FitOptions { BatchRows = batch, MaxEpochs = epochs, Patience = epochs, LearningRate = rate, Schedule = new CosineSchedule(), Console = null },
    };
}
