using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Kml.Training;
using Kml.Training.Trees;

namespace Kml.Benchmarks.Training;

/// <summary>
/// Boosted trees against scikit-learn's histogram boosting: same rows, rounds, depth, rate and bins; leaves of at least 20 rows in a regression. An op is a
/// fit, binning included. The loss is the training rows': squared error, or cross-entropy.
/// </summary>
internal static class TreeCases
{
    private const int Rows = 100_000;
    private const int Width = 10;
    private const int Rounds = 100;
    private const int Depth = 6;

    /// <summary>The cases.</summary>
    /// <returns>The cases.</returns>
    internal static IEnumerable<TrainingCase> All() => [.. Of("regression", 0, 20), .. Of("two classes", 2, 1)];

    private static IEnumerable<TrainingCase> Of(string kind, int classes, double minLeafWeight)
    {
        string name = $"trees 100x6, {kind}";
        Lazy<TreeTask> task = new(() => new TreeTask(Rows, Width, classes));
        IContender Ours(int threads) => new Contender(task.Value.Rows, new BoostedTrees
        {
            Rounds = Rounds,
            Depth = Depth,
            LearningRate = 0.1,
            L2 = 0,
            MinLeafWeight = minLeafWeight,
            Threads = threads,
        });
        IContender? Others(int threads) => PythonContender.Start(
            "boosting",
            threads,
            task.Value.Folder,
            Width.ToString(CultureInfo.InvariantCulture),
            classes.ToString(CultureInfo.InvariantCulture),
            Rounds.ToString(CultureInfo.InvariantCulture),
            Depth.ToString(CultureInfo.InvariantCulture));

        foreach (int threads in (int[])[1, 2])
        {
            string variant = threads == 1 ? "1 thread" : $"{threads} threads";
            yield return new TrainingCase(name, variant, () => Ours(threads), $"scikit-learn, {variant}", () => Others(threads), threads, threads, 1);
        }
    }

    private sealed class Contender(Samples rows, BoostedTrees learner) : IContender
    {
        private readonly float[] _outputs = new float[rows.Count * Math.Max(1, rows.Classes)];

        public Lap Run()
        {
            long start = Stopwatch.GetTimestamp();
            IPredictor fitted = learner.Fit(rows);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

            fitted.Predict(rows.Features, rows.Count, _outputs);
            double loss = 0;
            for (int row = 0; row < rows.Count; row++)
            {
                loss += rows.Classes == 0
                    ? Math.Pow(_outputs[row] - rows.Labels[row], 2)
                    : -Math.Log(Math.Max(1e-15, _outputs[((int)rows.Labels[row] * rows.Count) + row]));
            }

            return new Lap(seconds, loss / rows.Count);
        }

        public void Dispose()
        {
        }
    }
}
