using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training;
using Kml.Training.Adapting;

namespace Kml.Benchmarks.Adapting;

/// <summary>
/// How good is a model that chose a quarter of the labels itself, beside one that has all of them, and one that took a quarter at random? Models go on from a
/// start that all other workloads gave. (Networks from scratch overfit a quarter of a noisy recording, whoever chose it, and then miss the goal.)
/// </summary>
internal static class QueryPart
{
    private const int Seeds = 6, First = 64, Rounds = 10;

    private const double Share = 0.25, Allowed = 0.01;

    private static readonly IReadOnlyList<IQueryStrategy> Strategies =
    [
        new RandomQuery(),
        new MarginQuery(),
        new EntropyQuery(),
        new CommitteeQuery(Disagreement: Disagreement.Votes),
        new CommitteeQuery(),
        new CoreSetQuery(),
    ];

    internal static void Run(IReadOnlyList<(string Name, Samples Rows)> workloads, AdaptingTable table)
    {
        Console.WriteLine($"\nActive learning: networks that go on from other workloads with a quarter of a workload's labels, {Seeds} seeds, 95 % intervals; "
            + "beside them labels until a point below all labels, on the mean curve");
        foreach ((string name, Samples rows) in workloads.Where(w => w.Name == "mixed" || Workloads.New.Contains(w.Name)))
        {
            Samples[] parts = rows.SplitByTime(0.7, 0.3);
            Samples others = Workloads.Join(workloads.Where(w => w.Name != name && !Workloads.New.Contains(w.Name)).Select(w => w.Rows));
            FineTune[] learners = [.. Enumerable.Range(1, Seeds).AsParallel().AsOrdered().Select(seed => Start((ulong)seed, others, parts[0]))];
            FineTune Learner(int seed) => learners[seed - 1];
            double[] full = Over(seed => [Workloads.Accuracy(Learner(seed).Fit(parts[0]), parts[1])])[0];
            table.Add("query", name, "all labels", parts[0].Count, Interval.Of(full));
            double[] random = [];
            foreach (IQueryStrategy strategy in Strategies)
            {
                int quarter = (int)(parts[0].Count * Share);
                double[][] curve = Over(seed => Curve(Learner(seed), strategy, seed, parts, quarter));
                double[] last = curve[^1];
                random = strategy is RandomQuery ? last : random;
                string ahead = strategy is RandomQuery ? string.Empty : FormattableString.Invariant($"{Points(last, random)} on random; ");
                table.Add("query", name, strategy.Name, quarter, Interval.Of(last), null, ahead + Reached(curve, full.Average() - Allowed, quarter));
                if (strategy is not MarginQuery)
                    continue;
                double below = full.Average() - last.Average();
                table.Goal(
                    below <= Allowed,
                    FormattableString.Invariant($"{name}: a quarter of the labels, asked for by {strategy.Name}, ")
                        + FormattableString.Invariant($"is {-below * 100:F1} points from all labels (at least -1)"));
                table.Goal(last.Average() > random.Average(), $"{name}: {strategy.Name} is ahead of random choice");
            }

            Stream(name, Learner, parts, table);
        }
    }

    /// <summary>Rows as they come, of which the filter lets a quarter pass; the model is fitted anew now and then, to weighted rows.</summary>
    private static void Stream(string name, Func<int, ILearner> learner, Samples[] parts, AdaptingTable table)
    {
        foreach (IQueryStrategy strategy in new IQueryStrategy[] { new RandomQuery(), new MarginQuery() })
        {
            double[][] ends = Over(seed =>
            {
                (Samples labelled, IPredictor model) = Filtered(learner(seed), strategy, seed, parts[0]);
                return [labelled.Count, Workloads.Accuracy(model, parts[1])];
            });
            table.Add("query", name, $"stream, {strategy.Name}", (int)ends[0].Average(), Interval.Of(ends[1]), null, "labels on average");
        }
    }

    private static (Samples Labelled, IPredictor Model) Filtered(ILearner learner, IQueryStrategy strategy, int seed, Samples rows)
    {
        List<int> passed = [.. Enumerable.Range(0, First)];
        List<float> weights = [.. Enumerable.Repeat(1f, First)];
        (Samples labelled, IPredictor model) = Fit();
        QueryFilter filter = new(Scorer(), Share, (ulong)seed);
        float[] row = new float[rows.Width];
        for (int i = First; i < rows.Count; i++)
        {
            for (int f = 0; f < row.Length; f++)
                row[f] = rows.Column(f)[i];
            float weight = rows.Weights[i];
            if (!filter.Passes(row, ref weight))
                continue;
            passed.Add(i);
            weights.Add(weight);
            if (passed.Count % First != 0)
                continue;
            (labelled, model) = Fit();
            filter.Scorer = Scorer();
        }

        return Fit();

        IQueryScorer Scorer() => strategy.Prepare(new QueryContext(learner, model, labelled, labelled, (ulong)(seed + passed.Count)));
        (Samples, IPredictor) Fit()
        {
            Samples of = rows.Select([.. passed]);
            of = new Samples(of.Names, of.Features.ToArray(), of.Labels.ToArray(), of.Classes, [.. weights], of.Times.ToArray(), of.Groups.ToArray());
            return (of, learner.Fit(of));
        }
    }

    private static double[] Curve(ILearner learner, IQueryStrategy strategy, int seed, Samples[] parts, int labels) =>
        [.. new ActiveLearner(learner, strategy) { Seed = (ulong)seed, Initial = First, Batch = (labels - First + Rounds - 1) / Rounds }
            .Run(parts[0], rows => [.. rows.Select(row => parts[0].Labels[row])], labels)
            .Select(round => Workloads.Accuracy(round.Model, parts[1]))];

    /// <summary>The fewest labels from which on the mean curve stays above the goal.</summary>
    private static string Reached(double[][] curve, double goal, int labels)
    {
        int below = Array.FindLastIndex(curve, round => round.Average() < goal);
        int batch = (labels - First + Rounds - 1) / Rounds;
        return below == curve.Length - 1 ? "not reached" : FormattableString.Invariant($"reached with {Math.Min(labels, First + ((below + 1) * batch))}");
    }

    private static string Points(double[] ours, double[] theirs)
    {
        Interval difference = Interval.Of([.. ours.Zip(theirs, (a, b) => (a - b) * 100)]);
        return FormattableString.Invariant($"{difference.Mean:+0.0;-0.0} ± {difference.HalfWidth:F1}");
    }

    /// <summary>[figure][seed].</summary>
    private static double[][] Over(Func<int, double[]> figures)
    {
        double[][] seeds = [.. Enumerable.Range(1, Seeds).AsParallel().AsOrdered().Select(figures)];
        return [.. Enumerable.Range(0, seeds.Min(s => s.Length)).Select(i => seeds.Select(s => s[i]).ToArray())];
    }

    private static FineTune Start(ulong seed, Samples others, Samples pool) =>
        new(new Reptile { Steps = 1, Way = 1, Rounds = 16_000, Seed = seed }.Train(others).For(pool)) { Penalty = 10 };
}
