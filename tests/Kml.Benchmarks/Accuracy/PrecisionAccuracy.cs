using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Benchmarks;

/// <summary>
/// What low precision costs: the same networks on the same rows from the same seeds, trained in each precision;
/// integers measured by the engine that computes what the kernel computes.
/// </summary>
internal static class PrecisionAccuracy
{
    private const double Points = 0.5;
    private const int Seeds = 5;
    private const int DeadlineTrainRows = 1000;
    private const int FoldCount = 10;

    internal static void Run(AccuracyData data, AccuracyTable table)
    {
        Samples deadline = data.Deadline(), readahead = data.Readahead();
        int[] order = [.. Enumerable.Range(0, deadline.Count)];
        Compare(
            "precision, mq-deadline",
            Network(deadline, 64, 200, 0.01f, new DenseLayer(16, Nonlinearity.Relu)),
            [(deadline.Select(order.AsSpan(0, DeadlineTrainRows)), null, deadline.Select(order.AsSpan(DeadlineTrainRows)))],
            table);
        Compare(
            "precision, readahead",
            Network(readahead, 32, 400, 0.05f, new DenseLayer(15, Nonlinearity.Sigmoid), new DenseLayer(5, Nonlinearity.Sigmoid)),
            [.. readahead.Folds(FoldCount, FoldKind.Stratified, 0).Select(fold => (fold.Train, (Samples?)null, fold.Test))],
            table);
    }

    private static void Compare(
        string name,
        NetworkLearner learner,
        IReadOnlyList<(Samples Train, Samples? Validation, Samples Test)> parts,
        AccuracyTable table)
    {
        PrecisionComparison comparison = PrecisionComparison.Run(learner, parts, Seeds);
        AccuracyTable.Heading($"{name}: {learner.Name}, {Seeds} seeds, {comparison.Tested} predictions");
        foreach (PrecisionRow row in comparison.Rows)
        {
            string variant = row.Precision.ToString().ToLowerInvariant();
            table.Add(new(name, variant, "accuracy", row.Score, Bytes: row.SizeBytes, Note: FormattableString.Invariant($"{row.Lost:F2} points lost")));
            if (row.Precision is TrainingPrecision.Int16 or TrainingPrecision.Int8)
                table.Goal(FormattableString.Invariant($"{name}: {variant} within {Points} points of float32"), row.Lost <= Points);
        }
    }

    private static NetworkLearner Network(Samples rows, int batch, int epochs, float rate, params DenseLayer[] hidden) => new()
    {
        Form = NetworkForm.Of(rows.Width, [.. hidden, new DenseLayer(rows.Classes)]),
        Options = new FitOptions
        {
            BatchRows = batch,
            MaxEpochs = epochs,
            Patience = epochs,
            LearningRate = rate,
            Schedule = new CosineSchedule(),
            Console = null,
        },
    };
}
