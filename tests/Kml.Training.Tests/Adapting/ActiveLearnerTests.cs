using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Adapting;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Adapting;

/// <summary>Asking well needs fewer labels than asking at random.</summary>
public class ActiveLearnerTests
{
    private const int PoolRows = 1200, TestRows = 4000, Features = 6, Seeds = 5, Quarter = PoolRows / 4;

    private static readonly LogisticRegression Learner = new();

    public static TheoryData<IQueryStrategy> Uncertain { get; } =
        [new MarginQuery(), new EntropyQuery(), new CommitteeQuery(), new CommitteeQuery(Disagreement: Disagreement.Votes)];

    [Theory]
    [MemberData(nameof(Uncertain))]
    public void A_quarter_of_the_labels_is_enough_and_fewer_than_at_random(IQueryStrategy strategy)
    {
        int[] asked = [.. Draws().Select(seed => LabelsTo(strategy, seed))], random = [.. Draws().Select(seed => LabelsTo(new RandomQuery(), seed))];
        asked.ShouldAllBe(labels => labels <= Quarter);
        Interval saved = Interval.Of([.. asked.Zip(random, (a, r) => (double)(r - a))]);
        saved.Low.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_core_set_finds_what_is_rare_and_far_away_sooner_than_chance()
    {
        // A small cluster of class 1, far from all others: one row in 150.
        Samples pool = Rows(7, PoolRows, row => row % 150 == 0);
        foreach (int seed in Draws())
        {
            ActiveRound first = new ActiveLearner(Learner, new CoreSetQuery(new NormalisedFeatures(pool))) { Seed = (ulong)seed, Initial = 120, Batch = 8 }
                .Run(pool, rows => [.. rows.Select(row => pool.Labels[row])], 400).ElementAt(1);
            pool.Labels[first.Rows[0]].ShouldBe(1);
        }
    }

    [Fact]
    public void A_round_asks_for_new_rows_only_and_keeps_weights_times_and_groups()
    {
        Samples plain = Rows(3, 200, null);
        Samples pool = new(
            plain.Names,
            plain.Features.ToArray(),
            new float[200],
            2,
            [.. Enumerable.Range(0, 200).Select(i => 1f + (i % 3))],
            null,
            [.. Enumerable.Range(0, 200).Select(i => i % 4)]);
        HashSet<int> seen = [];
        ActiveLearner learner = new(Learner, new MarginQuery()) { Initial = 20, Batch = 15 };
        foreach (ActiveRound round in learner.Run(pool, rows => [.. rows.Select(row => plain.Labels[row])], 90))
        {
            round.Rows.ShouldAllBe(row => seen.Add(row));
            round.Labelled.Count.ShouldBe(seen.Count);
            int[] rows = [.. seen.Order()];
            round.Labelled.Labels.ToArray().ShouldBe([.. rows.Select(row => plain.Labels[row])]);
            round.Labelled.Weights.ToArray().ShouldBe([.. rows.Select(row => pool.Weights[row])]);
            round.Labelled.Groups.ToArray().ShouldBe([.. rows.Select(row => pool.Groups[row])]);
            round.Labelled.Times.ToArray().ShouldBe([.. rows.Select(row => pool.Times[row])]);
        }

        seen.Count.ShouldBe(90);
    }

    [Fact]
    public void One_class_alone_is_asked_past_or_refused()
    {
        Samples rare = Rows(5, 400, row => row == 399);
        int labels = new ActiveLearner(Learner, new MarginQuery()) { Initial = 4, Batch = 4 }
            .Run(rare, rows => [.. rows.Select(row => rare.Labels[row])], 400)
            .First().Labelled.Count;
        labels.ShouldBeGreaterThan(4);

        Should.Throw<TrainingException>(() => new ActiveLearner(Learner, new MarginQuery()).Run(rare, rows => [.. rows.Select(_ => 0f)], 64).ToArray())
            .Message.ShouldContain("class 0");
        Should.Throw<TrainingException>(() => new ActiveLearner(Learner, new MarginQuery()).Run(rare, _ => [1f], 64).ToArray()).Message.ShouldContain("gave 1");
        Should.Throw<TrainingException>(() => new ActiveLearner(Learner, new MarginQuery()) { Batch = 0 }.Run(rare, _ => [], 64))
            .Message.ShouldContain("at least 1");
    }

    private static IEnumerable<int> Draws() => Enumerable.Range(1, Seeds);

    /// <summary>Labels until the accuracy is that of all labels less a point.</summary>
    private static int LabelsTo(IQueryStrategy strategy, int seed)
    {
        Samples pool = Rows((ulong)seed, PoolRows, null), test = Rows((ulong)seed + 500, TestRows, null);
        double goal = Accuracy(Learner.Fit(pool), test) - 0.01;
        ActiveLearner active = new(Learner, strategy) { Seed = (ulong)seed, Initial = 20, Batch = 10 };
        return active.Run(pool, rows => [.. rows.Select(row => pool.Labels[row])], PoolRows).First(round => Accuracy(round.Model, test) >= goal).Labelled.Count;
    }

    private static double Accuracy(IPredictor model, Samples test) => Evaluation.RowOf("model", model, test).Class!.Accuracy;

    /// <summary>Class 1 is what lies beyond a plane, a fifth of all rows; or, if told, rows of a distant cluster.</summary>
    private static Samples Rows(ulong seed, int count, Func<int, bool>? far)
    {
        Randomness random = new(seed);
        float[] features = new float[Features * count], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            float sum = 0;
            for (int f = 0; f < Features; f++)
            {
                float x = random.Symmetric() + (far?.Invoke(row) == true ? 6 : 0);
                features[(f * count) + row] = x;
                sum += x * (f + 1);
            }

            labels[row] = sum > 5 ? 1 : 0;
            if (far is not null)
                labels[row] = far(row) ? 1 : 0;
        }

        return new Samples([.. Enumerable.Range(0, Features).Select(f => $"x{f}")], features, labels, 2);
    }
}
