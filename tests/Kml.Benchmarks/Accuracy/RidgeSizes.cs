using System;
using System.Diagnostics;
using System.Linq;
using Kml.Training;
using Kml.Training.Linear;

namespace Kml.Benchmarks;

/// <summary>
/// A ridge regression over random Fourier features of QM7's size: what it takes, how exactly it is solved, and how well it predicts molecules kept apart.
/// </summary>
internal static class RidgeSizes
{
    private const int QmRows = 5732;
    private const int QmWidth = 28;

    internal static void Run(AccuracyData? data, AccuracyTable table)
    {
        Samples samples = data is null ? Made() : data.Energies();
        string name = data is null ? "ridge, made-up rows" : "ridge, QM7";
        AccuracyTable.Heading($"{name}: {samples.Count} rows x random Fourier features of {samples.Width} inputs, float64");
        foreach (int features in new[] { 250, 2000 })
        {
            RandomFourier learner = new() { Features = features, Penalty = 1e-8, BandwidthScale = 2 };
            long stated = learner.PeakBytes(samples);
            long start = Stopwatch.GetTimestamp(), before = GC.GetTotalAllocatedBytes(precise: true);
            FourierPredictor fitted = (FourierPredictor)learner.Fit(samples);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long taken = GC.GetTotalAllocatedBytes(precise: true) - before;
            string model = FormattableString.Invariant($"{features} features");
            string allocated = FormattableString.Invariant($"stated before; {taken} bytes were allocated in all");
            table.Add(new(name, model, "seconds", seconds, "F2", Bytes: stated, Note: allocated));
            table.Add(new(name, model, "residual", fitted.Report.Residual, "E1", Bytes: fitted.SizeBytes, Note: "of the model"));
            table.Goal(FormattableString.Invariant($"{model}: residual below 1e-9"), fitted.Report.Residual < 1e-9);
            // Beside the solve: the predictor, the sample of distances for the bandwidth (1 MB), moments, tasks.
            table.Goal(FormattableString.Invariant($"{model}: no more bytes than stated, 4 MB for everything else"), taken <= stated + (4 << 20));
            if (data is not null)
                HeldOut(learner, samples, name, model, table);
        }
    }

    private static void HeldOut(RandomFourier learner, Samples samples, string name, string model, AccuracyTable table)
    {
        (Samples train, Samples test) = samples.Folds(5, FoldKind.Plain, seed: 1).First();
        IPredictor fitted = learner.Fit(train);
        Evaluation evaluation = Evaluation.Of(fitted, train, test, model);
        double error = evaluation.Model.Regression!.MeanAbsoluteError, meanError = evaluation.Baselines[0].Regression!.MeanAbsoluteError;
        string note = FormattableString.Invariant($"{test.Count} molecules kept apart; predicting the mean errs by {meanError:F3}");
        table.Add(new(name, model, "mean error, eV", error, "F3", Note: note));
    }

    /// <summary>Random inputs of that size: time, memory and residual need no molecules.</summary>
    private static Samples Made()
    {
        Random random = new(1);
        float[] inputs = [.. Enumerable.Range(0, QmRows * QmWidth).Select(_ => (float)(random.NextDouble() - 0.5))];
        return new Samples(
            [.. Enumerable.Range(0, QmWidth).Select(f => FormattableString.Invariant($"input {f}"))],
            inputs,
            [.. Enumerable.Range(0, QmRows).Select(r => inputs[r] * inputs[QmRows + r])],
            classes: 0);
    }
}
