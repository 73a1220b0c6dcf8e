using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Training;
using Kml.Training.Adapting;

namespace Kml.Benchmarks.Adapting;

/// <summary>
/// A model trained on the old workloads meets a new one. How much of what a model fully trained there would have gained do 50 labels bring back?
/// The method is chosen on the old workloads alone.
/// </summary>
internal static class FewShotPart
{
    private const int Shots = 50, Draws = 12, Seeds = 3, PlainSeeds = 8, Starts = 8, ChoiceDraws = 4;

    private const double Recovered = 0.8, LeastGap = 0.05;

    internal static void Run(IReadOnlyList<(string Name, Samples Rows)> workloads, AdaptingTable table)
    {
        Samples[] old = [.. workloads.Where(w => !Workloads.New.Contains(w.Name)).Select(w => w.Rows)];
        Samples all = Workloads.Join(old);
        Console.WriteLine($"\nFew-shot: {Shots} labels of a workload never trained on. "
            + $"The method is chosen by leaving one of the {old.Length} old workloads out, {ChoiceDraws} draws each:");
        IReadOnlyList<FewShotMethod>[] methods = [.. Enumerable.Range(1, Seeds).Select(seed => Methods((ulong)seed))];
        double[] losses = LeaveOneWorkloadOut.Losses(all, methods[0], Shots, ChoiceDraws, seed: 1000);
        for (int m = 0; m < losses.Length; m++)
            table.Add("choice", "left out", methods[0][m].Name, Shots, Interval.Of(1 - losses[m]));
        int chosen = Array.IndexOf(losses, losses.Min());
        Console.WriteLine($"  chosen: {methods[0][chosen].Name}");

        IReadOnlyList<NetworkPredictor>[][] starts = [.. methods.Select(of => Pretrain(of, all))];
        IPredictor[] oldModels = Plain(old);
        foreach ((string name, Samples rows) in workloads.Where(w => Workloads.New.Contains(w.Name)))
        {
            Samples[] parts = rows.SplitByTime(0.7, 0.3);
            IPredictor[] fullModels = Plain([parts[0]]);
            Serve(new NewWorkload(name, parts[0], parts[1], oldModels, fullModels), methods, starts, chosen, table);
        }
    }

    private static void Serve(
        NewWorkload at,
        IReadOnlyList<FewShotMethod>[] methods,
        IReadOnlyList<NetworkPredictor>[][] starts,
        int chosen,
        AdaptingTable table)
    {
        Console.WriteLine(
            FormattableString.Invariant($"\n{at.Name}: {at.Train.Count} rows to draw from, {at.Test.Count} later ones to test on; ")
            + FormattableString.Invariant($"{Draws} draws over {Seeds} seeds, 95 % intervals"));
        Console.WriteLine($"  {"",-11}{"",-40}{"labels",7}{"accuracy",9}{"",6}{"of gap",7}");
        double old = at.Old.Mean, full = at.Full.Mean;
        table.Add("few-shot", at.Name, "old model", 0, at.Old, 0);
        Interval renormalised = Interval.Of([.. starts.Select(s => Workloads.Accuracy(s[^1][0].For(at.Train), at.Test))]);
        table.Add("few-shot", at.Name, "Reptile start, features renormalised", 0, renormalised, Share(renormalised.Mean));
        double[] recovered = new double[methods[0].Count];
        for (int m = 0; m < methods[0].Count; m++)
        {
            Interval accuracy = Over(draw => Learner(draw, m).Fit(LeaveOneWorkloadOut.Draw(at.Train, Shots, 77 + (ulong)draw)));
            recovered[m] = Share(accuracy.Mean);
            table.Add("few-shot", at.Name, methods[0][m].Name, Shots, accuracy, recovered[m], m == chosen ? "<- chosen" : string.Empty);
        }

        // Which rows to label can be asked as well; the last model is the chosen method's.
        Interval asked = Over(draw => Learner(draw, chosen).Fit(
            new ActiveLearner(new FineTune(starts[draw % Seeds][^1][0].For(at.Train)), new MarginQuery()) { Initial = 20, Batch = 10, Seed = 77 + (ulong)draw }
                .Run(at.Train, rows => [.. rows.Select(row => at.Train.Labels[row])], Shots).Last().Labelled));
        table.Add("few-shot", at.Name, "chosen, rows asked for by margin", Shots, asked, Share(asked.Mean));
        table.Add("few-shot", at.Name, "fully trained there", at.Train.Count, at.Full, 1);
        table.Goal(
            full - old >= LeastGap,
            FormattableString.Invariant($"{at.Name}: the gap is real, {(full - old) * 100:F1} points (at least {LeastGap * 100:F0})"));
        table.Goal(
            recovered[chosen] >= Recovered,
            FormattableString.Invariant($"{at.Name}: {Shots} labels, drawn at random, recover {recovered[chosen] * 100:F0} % of the gap ")
                + FormattableString.Invariant($"(at least {Recovered * 100:F0} %)"));

        double Share(double accuracy) => (accuracy - old) / (full - old);
        ILearner Learner(int draw, int m) => methods[draw % Seeds][m].Adapt(starts[draw % Seeds][m], at.Train);
        Interval Over(Func<int, IPredictor> fit) =>
            Interval.Of([.. Enumerable.Range(0, Draws).AsParallel().AsOrdered().Select(draw => Workloads.Accuracy(fit(draw), at.Test))]);
    }

    /// <summary>What there is to choose from. The last ones start from Reptile's networks.</summary>
    private static IReadOnlyList<FewShotMethod> Methods(ulong seed)
    {
        Func<Samples, IReadOnlyList<NetworkPredictor>> joint = rows => [new Reptile { Steps = 1, Way = 1, Rounds = 16_000, Seed = seed }.Train(rows)];
        Func<Samples, IReadOnlyList<NetworkPredictor>> reptile = rows =>
            [.. Enumerable.Range(0, Starts).AsParallel().AsOrdered().Select(start => new Reptile { Seed = (seed * 100) + (ulong)start }.Train(rows))];
        return
        [
            new("trained from scratch", joint, (_, _) => Network(seed)),
            new("joint start, prototypes", joint, (starts, rows) => new Prototypes(starts[0].For(rows))),
            new("joint start, new head", joint, (starts, rows) => FineTune.Head(starts[0].For(rows))),
            new("joint start, fine-tuned", joint, (starts, rows) => new FineTune(starts[0].For(rows))),
            new("Reptile start, prototypes", reptile, (starts, rows) => new Prototypes(starts[0].For(rows))),
            new("Reptile start, new head", reptile, (starts, rows) => FineTune.Head(starts[0].For(rows))),
            new("Reptile start, fine-tuned", reptile, (starts, rows) => new FineTune(starts[0].For(rows))),
            new(
                string.Create(CultureInfo.InvariantCulture, $"{Starts} Reptile starts, fine-tuned, distilled"),
                reptile,
                (starts, rows) => new Distilled(starts, rows)),
        ];
    }

    private static IReadOnlyList<NetworkPredictor>[] Pretrain(IReadOnlyList<FewShotMethod> methods, Samples all)
    {
        Dictionary<Func<Samples, IReadOnlyList<NetworkPredictor>>, IReadOnlyList<NetworkPredictor>> learned = [];
        foreach (Func<Samples, IReadOnlyList<NetworkPredictor>> pretrain in methods.Select(method => method.Pretrain).Distinct())
            learned[pretrain] = pretrain(all);
        return [.. methods.Select(method => learned[method.Pretrain])];
    }

    /// <summary>The network that a user trains: stopped by the latest fifth of each workload's rows.</summary>
    private static IPredictor[] Plain(Samples[] workloads)
    {
        Samples[][] parts = [.. workloads.Select(rows => rows.SplitByTime(0.8, 0.2))];
        Samples train = Workloads.Join(parts.Select(p => p[0])), validation = Workloads.Join(parts.Select(p => p[1]));
        return [.. Enumerable.Range(1, PlainSeeds).AsParallel().AsOrdered().Select(seed => Network((ulong)seed).Fit(train, validation))];
    }

    private static NetworkLearner Network(ulong seed) => new() { Hidden = [16, 16], Options = new FitOptions { Console = null, Seed = seed, Threads = 1 } };

    private sealed record NewWorkload(string Name, Samples Train, Samples Test, Interval Old, Interval Full)
    {
        internal NewWorkload(string name, Samples train, Samples test, IPredictor[] old, IPredictor[] full)
            : this(name, train, test, Accuracies(old, test), Accuracies(full, test))
        {
        }

        private static Interval Accuracies(IPredictor[] models, Samples test) => Interval.Of([.. models.Select(model => Workloads.Accuracy(model, test))]);
    }
}
