using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.TestSupport;
using Kml.Training.Adapting;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Adapting;

/// <summary>Strategies ask where they say they do, batches respect weights and groups, and the filter keeps to its share without a bias.</summary>
public class QueryTests
{
    private static readonly LogisticRegression Learner = new();

    [Fact]
    public void Margin_and_entropy_are_greatest_where_the_model_is_least_certain()
    {
        // The probability of class 1 is the feature itself.
        FixedPredictor model = new(2, x => [1 - x, x]);
        float[] margins = Score(new MarginQuery(), model, [0, 0.25f, 0.5f, 0.9f, 1]), entropies = Score(new EntropyQuery(), model, [0, 0.25f, 0.5f, 0.9f, 1]);
        margins.ShouldBe([0, 0.5f, 1, 0.2f, 0], 1e-6);
        entropies.ShouldBe([0, 0.811278f, 1, 0.468996f, 0], 1e-5);

        // Of three classes, the third does not matter to the margin.
        Score(new MarginQuery(), new FixedPredictor(3, x => [0.5f - x, 0.5f - x, 2 * x]), [0.1f]).ShouldBe([1f], 1e-6);
    }

    [Fact]
    public void A_committee_is_asked_where_its_members_disagree()
    {
        IPredictor[] members = [new FixedPredictor(2, x => [1 - x, x]), new FixedPredictor(2, x => [x, 1 - x]), new FixedPredictor(2, _ => [1, 0])];
        float[] votes = new float[3], divergence = new float[3];
        new CommitteeScorer(members, Disagreement.Votes).Score([0f, 0.5f, 1f], 3, votes);
        new CommitteeScorer(members).Score([0f, 0.5f, 1f], 3, divergence);
        votes.ShouldBe([0.918296f, 0, 0.918296f], 1e-5);

        // At 0.5: a consensus of 2/3, members of 1, 1 and 0 bit.
        divergence.ShouldBe([0.918296f, 0.918296f - (2f / 3), 0.918296f], 1e-5);

        float[] variance = new float[1];
        new CommitteeScorer([new FixedPredictor(0, x => [x]), new FixedPredictor(0, x => [x + 4])]).Score([7f], 1, variance);
        variance.ShouldBe([4f]);
    }

    [Fact]
    public void The_core_set_covers_the_pool_within_twice_the_best_radius() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Randomness random = new((ulong)seed);
            Samples pool = Pool([.. Enumerable.Range(0, 9).Select(_ => random.Symmetric())]);
            CoreSetQuery strategy = new(new NormalisedFeatures(pool));
            IQueryScorer scorer = strategy.Prepare(new QueryContext(Learner, new FixedPredictor(2, _ => [1, 0]), pool.Select([0]), pool, 1));
            int[] chosen = [0, .. QueryBatch.Choose(scorer, pool, Enumerable.Range(1, 8), 2)];

            // Gonzalez 1985: greedy is within twice the best. The best of all with row 0 as a centre is no smaller than the best of all.
            double best = Enumerable.Range(0, 9).SelectMany(_ => Enumerable.Range(0, 9), (a, b) => Radius(pool, [0, a, b])).Min();
            Radius(pool, chosen).ShouldBeLessThanOrEqualTo((2 * best) + 1e-6);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_batch_is_of_the_largest_scores_times_weights_and_shared_by_groups()
    {
        FixedPredictor model = new(2, x => [1 - x, x]);
        IQueryScorer scorer = new MarginQuery().Prepare(new QueryContext(Learner, model, Pool([0]), Pool([0]), 1));
        Samples plain = Pool([0.1f, 0.5f, 0.4f, 0.9f]);
        QueryBatch.Choose(scorer, plain, [0, 1, 2, 3], 2).ShouldBe([1, 2]);
        QueryBatch.Choose(scorer, plain, [0, 3], 3).ShouldBe([0, 3]);

        // The margins are 0.2, 1, 0.8, 0.2: a row that stands for six beats all, one that stands for none never comes.
        QueryBatch.Choose(scorer, Pool([0.1f, 0.5f, 0.4f, 0.9f], weights: [6, 0, 1, 1]), [0, 1, 2, 3], 4).ShouldBe([0, 2, 3]);

        // Group 7 holds three quarters of the rows, and gets three labels of four although group 2 is harder.
        Samples groups = Pool([0.5f, 0.5f, 0, 0, 0.1f, 0, 0, 0], groups: [2, 2, 7, 7, 7, 7, 7, 7]);
        int[] shared = QueryBatch.Choose(scorer, groups, Enumerable.Range(0, 8), 4);
        shared.Count(row => groups.Groups[row] == 7).ShouldBe(3);
        shared.ShouldContain(4);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void A_filter_passes_its_share_whatever_the_scores_are(double share)
    {
        // Scores of 0 to 1, then all tenfold, then all 0: passed in each stretch once the threshold has followed.
        float scale = 1;
        FixedPredictor model = new(0, x => [x]);
        QueryFilter filter = new(new CommitteeScorer([model, new FixedPredictor(0, x => [x + (2 * MathF.Sqrt(scale * Math.Abs(x)))])]), share, 5);
        Randomness random = new(9);
        foreach (float stretch in new[] { 1f, 10f, 0f })
        {
            scale = stretch;
            int passed = 0;
            for (int i = 0; i < 24_000; i++)
            {
                float weight = 1;
                bool passes = filter.Passes([random.Symmetric()], ref weight);
                passed += i >= 4000 && passes ? 1 : 0;
                weight.ShouldBeInRange(1, (float)(4 / share) + 0.01f);
            }

            (passed / 20_000.0).ShouldBe(share, share * 0.12);
        }
    }

    [Fact]
    public void What_passes_the_filter_stands_for_all_without_a_bias()
    {
        FixedPredictor model = new(2, x => [1 - x, x]);
        List<double> errors = [];
        double plain = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            QueryFilter filter = new(new MarginQuery().Prepare(new QueryContext(Learner, model, Pool([0]), Pool([0]), 1)), 0.1, seed);
            Randomness random = new(seed + 1000);
            double all = 0, weighted = 0, weights = 0, passed = 0, count = 0;
            for (int i = 0; i < 3000; i++)
            {
                // What is estimated is large where the model is certain, which is just where few rows pass.
                float x = (random.Symmetric() + 1) / 2, before = 1 + random.Below(3), weight = before;
                double y = Math.Abs(x - 0.5);
                all += before * y;
                if (filter.Passes([x], ref weight))
                {
                    weighted += weight * y;
                    weights += weight;
                    passed += y;
                    count++;
                }
            }

            errors.Add((weighted / all) - 1);
            plain += (passed / count / 0.25) - 1;
        }

        Interval error = Interval.Of([.. errors]);
        error.Low.ShouldBeLessThan(0);
        error.High.ShouldBeGreaterThan(0);
        error.HalfWidth.ShouldBeLessThan(0.05);
        (plain / 60).ShouldBeLessThan(-0.2);
    }

    [Fact]
    public void A_row_through_the_filter_allocates_nothing()
    {
        Samples pool = Pool([.. Enumerable.Range(0, 64).Select(i => i / 64f)], labels: [.. Enumerable.Range(0, 64).Select(i => i < 30 ? 0f : 1f)]);
        IPredictor model = Learner.Fit(pool);
        QueryContext context = new(Learner, model, pool, pool, 1);
        IQueryStrategy[] strategies = [new MarginQuery(), new EntropyQuery(), new CommitteeQuery(), new CoreSetQuery(), new RandomQuery()];
        QueryFilter[] filters = [.. strategies.Select(s => new QueryFilter(s.Prepare(context), 0.1, 1))];
        float[] row = [0.4f];
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            for (int i = 0; i < 400; i++)
            {
                foreach (QueryFilter filter in filters)
                {
                    float weight = 1;
                    filter.Passes(row, ref weight);
                }
            }
        });
    }

    [Fact]
    public void What_cannot_work_is_refused_with_advice()
    {
        QueryContext regression = new(Learner, new FixedPredictor(0, x => [x]), Pool([0]), Pool([0]), 1);
        Should.Throw<TrainingException>(() => new MarginQuery().Prepare(regression)).Message.ShouldContain("committee");
        Should.Throw<TrainingException>(() => new CommitteeScorer([new FixedPredictor(0, x => [x])])).Message.ShouldContain("at least 2");
        Should.Throw<TrainingException>(() => new CommitteeScorer([new FixedPredictor(0, x => [x]), new FixedPredictor(2, x => [x])]))
            .Message.ShouldContain("same table");
        Should.Throw<TrainingException>(() => new QueryFilter(new RandomQuery().Prepare(regression), 0, 1)).Message.ShouldContain("above 0");
    }

    private static float[] Score(IQueryStrategy strategy, IPredictor model, float[] rows)
    {
        float[] scores = new float[rows.Length];
        strategy.Prepare(new QueryContext(Learner, model, Pool(rows), Pool(rows), 1)).Score(rows, rows.Length, scores);
        return scores;
    }

    private static Samples Pool(float[] x, float[]? weights = null, int[]? groups = null, float[]? labels = null) =>
        new(["x"], x, labels ?? new float[x.Length], 2, weights, null, groups);

    private static double Radius(Samples pool, int[] centres)
    {
        float[] x = pool.Features.ToArray();
        NormalisedFeatures scale = new(pool);
        return x.Max(a => centres.Min(c => Math.Abs(a - x[c]) * scale.InverseDeviations[0]));
    }
}
