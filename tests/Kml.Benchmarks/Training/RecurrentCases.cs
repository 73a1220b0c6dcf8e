using System;
using System.Collections.Generic;
using System.Globalization;
using Kml.Training.Layers;
using Kml.Training.Networks;

namespace Kml.Benchmarks.Training;

/// <summary>An LSTM over sequences with a class each, against PyTorch's with one thread and with two, and two threads of ours against one.</summary>
internal static class RecurrentCases
{
    private const int Sequences = 10_000;
    private const int Steps = 20;
    private const int Features = 8;
    private const int Units = 32;
    private const int Classes = 2;
    private const int Batch = 64;
    private const double Rate = 0.001;

    /// <summary>The cases.</summary>
    /// <returns>The cases.</returns>
    internal static IEnumerable<TrainingCase> All()
    {
        NetworkForm form = new(new LayerShape(Steps, Features), new([new LstmLayer(Units), new DenseLayer(Classes)]));
        Lazy<TrainingTask> task = new(() => new TrainingTask(Sequences, Steps * Features, Classes));
        string name = string.Create(CultureInfo.InvariantCulture, $"LSTM {Features}-{Units}, {Steps} steps");
        IContender Ours(int threads) => new NetworkContender(form, task.Value, Batch, Rate, threads);
        IContender? Torch(int threads) =>
            PythonContender.Start("lstm", threads, task.Value.Folder, [Text(Steps), Text(Features), Text(Units), Text(Classes), Text(Batch), Text(Rate)]);

        yield return new TrainingCase(name, "1 thread", () => Ours(1), "PyTorch, 1 thread", () => Torch(1), Goal: 6.5);
        yield return new TrainingCase(name, "2 threads", () => Ours(2), "PyTorch, 2 threads", () => Torch(2), 2, 2);
        yield return new TrainingCase(name, "2 threads", () => Ours(2), "1 thread", () => Ours(1), Threads: 2, Goal: 1.6);

        static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
