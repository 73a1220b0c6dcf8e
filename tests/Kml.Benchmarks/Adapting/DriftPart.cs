using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training;
using Kml.Training.Adapting;

namespace Kml.Benchmarks.Adapting;

/// <summary>
/// Each old workload runs on, then a new one takes its place: who notices, after how many rows, and who cries before? Nothing is judged here.
/// </summary>
internal static class DriftPart
{
    private static readonly int[] Blocks = [1, 8, 16];

    internal static void Run(IReadOnlyList<(string Name, Samples Rows)> workloads)
    {
        Console.WriteLine("\nDrift: from each old workload to each new one");
        Console.WriteLine($"  {"",-40}{"false alarms",13}{"noticed",9}{"rows until then, median",25}");
        List<Watch> watches = [];
        foreach ((string name, Samples rows) in workloads.Where(w => !Workloads.New.Contains(w.Name)))
        {
            Samples[] parts = rows.SplitByTime(0.4, 0.2, 0.4);
            IPredictor model = new NetworkLearner().Fit(parts[0], parts[1]);
            foreach ((_, Samples next) in workloads.Where(w => Workloads.New.Contains(w.Name)))
                watches.AddRange(Blocks.SelectMany(block => Watches(model, parts, next, block)));
        }

        foreach (IGrouping<string, Watch> of in watches.GroupBy(w => w.Detector))
        {
            int[] delays = [.. of.Where(w => w.Delay >= 0).Select(w => w.Delay).Order()];
            Console.WriteLine($"  {of.Key,-40}{of.Count(w => w.FalseAlarm),7} of {of.Count(),2}"
                + $"{delays.Length,6} of {of.Count(),2}{(delays.Length > 0 ? delays[delays.Length / 2] : 0),17}");
        }
    }

    private static IEnumerable<Watch> Watches(IPredictor model, Samples[] parts, Samples next, int block)
    {
        FeatureDrift features = new(Workloads.Join(parts[0], parts[1]), block);
        yield return Of($"features, blocks of {block}", (rows, row) => features.Add(Row(rows, row), rows.Weights[row]), parts[2], next);
        (string, IDriftDetector)[] detectors =
        [
            ($"errors, ADWIN, blocks of {block}", new BlockMeans(new AdaptiveWindow(risesOnly: true) { LookEvery = 4 }, block)),
            ($"errors, Page-Hinkley, blocks of {block}", new BlockMeans(new PageHinkley(), block)),
        ];
        foreach ((string name, IDriftDetector detector) in detectors)
        {
            float[] calm = Errors(model, Workloads.Join(parts[1], parts[2])), changed = Errors(model, next);
            int known = parts[1].Count;
            for (int row = 0; row < known; row++)
                detector.Add(calm[row], parts[1].Weights[row]);
            yield return Of(name, (rows, row) => detector.Add(rows == next ? changed[row] : calm[known + row], rows.Weights[row]), parts[2], next);
        }
    }

    private static Watch Of(string detector, Func<Samples, int, DriftState> add, Samples calm, Samples next) =>
        new(detector, First(add, calm) >= 0, First(add, next));

    private static int First(Func<Samples, int, DriftState> add, Samples rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if (add(rows, row) == DriftState.Drift)
                return row;
        }

        return -1;
    }

    private static float[] Row(Samples rows, int row) => [.. Enumerable.Range(0, rows.Width).Select(f => rows.Column(f)[row])];

    private static float[] Errors(IPredictor model, Samples rows)
    {
        float[] outputs = new float[rows.Count * 2];
        model.Predict(rows.Features, rows.Count, outputs);
        return [.. Enumerable.Range(0, rows.Count).Select(row => outputs[rows.Count + row] > 0.5f == rows.Labels[row] > 0 ? 0f : 1f)];
    }

    private sealed record Watch(string Detector, bool FalseAlarm, int Delay);
}
