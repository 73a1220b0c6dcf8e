using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Training.Layers;
using Kml.Training.Networks;

namespace Kml.Benchmarks.Training;

/// <summary>Networks of dense layers: against PyTorch with one thread and with two, two threads of ours against one, and against the naive reference.</summary>
internal static class DenseCases
{
    private const int Rows = 100_000;
    private const double Rate = 0.001;

    /// <summary>The cases.</summary>
    /// <returns>The cases.</returns>
    internal static IEnumerable<TrainingCase> All() =>
    [
        .. Of(64, 67, 0, 5, 16, 16, 4),
        .. Of(256, 4, 1.6, 31, 256, 2),
    ];

    private static IEnumerable<TrainingCase> Of(int batch, double goal, double threadsGoal, params int[] widths)
    {
        NetworkForm form = NetworkForm.Of(
            widths[0],
            [.. widths[1..].Select((units, l) => new DenseLayer(units, l == widths.Length - 2 ? Nonlinearity.Identity : Nonlinearity.Relu))]);
        string shape = string.Join('-', widths), name = $"{shape}, batch {batch}";
        Lazy<TrainingTask> task = new(() => new TrainingTask(Rows, widths[0], widths[^1]));
        IContender Ours(int threads) => new NetworkContender(form, task.Value, batch, Rate, threads);
        IContender? Torch(int threads) => PythonContender.Start(
            "mlp",
            threads,
            task.Value.Folder,
            shape,
            batch.ToString(CultureInfo.InvariantCulture),
            Rate.ToString(CultureInfo.InvariantCulture));

        yield return new TrainingCase(name, "1 thread", () => Ours(1), "PyTorch, 1 thread", () => Torch(1), Goal: goal);
        yield return new TrainingCase(name, "2 threads", () => Ours(2), "PyTorch, 2 threads", () => Torch(2), 2, 2);
        yield return new TrainingCase(name, "2 threads", () => Ours(2), "1 thread", () => Ours(1), Threads: 2, Goal: threadsGoal);
        yield return new TrainingCase(name, "1 thread", () => Ours(1), "naive C#", () => new NaiveContender(form, task.Value, batch, Rate));
    }
}
