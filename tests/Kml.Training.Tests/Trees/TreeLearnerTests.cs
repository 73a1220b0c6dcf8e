using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Losses;
using Kml.Training.Trees;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Trees;

public sealed class TreeLearnerTests
{
    [Fact]
    public void Bins_and_raw_thresholds_predict_the_same() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), (seed, classes) =>
        {
            Samples rows = Rows(300, classes == 1 ? 2 : classes, seed);
            foreach (ILearner learner in (ILearner[])
                [
                    new DecisionTree { Depth = 8 },
                    new RandomForest { Trees = 5, Depth = 6, Threads = 1 },
                    new BoostedTrees { Rounds = 5, Depth = 4, Threads = 1 },
                ])
            {
                TreeEnsemble trees = ((TreePredictor)learner.Fit(rows)).Ensemble;
                float[] sums = new float[trees.Outputs * rows.Count];
                trees.Sum(rows.Features, rows.Count, sums);
                for (int row = 0; row < rows.Count; row++)
                {
                    SumOfBins(trees, [.. Enumerable.Range(0, rows.Width).Select(f => rows.Column(f)[row])])
                        .ShouldBe([.. Enumerable.Range(0, trees.Outputs).Select(o => sums[(o * rows.Count) + row])]);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_that_is_not_finite_goes_the_same_way_by_bins()
    {
        TreeEnsemble trees = ((TreePredictor)new BoostedTrees { Rounds = 10 }.Fit(Rows(300, 0, 1))).Ensemble;
        foreach (float[] row in (float[][])
            [
                [float.NaN, float.PositiveInfinity, 0],
                [float.NegativeInfinity, float.NaN, float.MaxValue],
                [-0f, 0f, float.Epsilon],
            ])
        {
            float[] sum = new float[1];
            trees.Sum(row, 1, sum);
            SumOfBins(trees, row).ShouldBe(sum);
        }
    }

    /// <summary>Features are read without asking their span; a product that wraps around would let any span pass.</summary>
    [Fact]
    public void Too_few_features_are_refused_whatever_the_number_of_rows()
    {
        IPredictor trees = new DecisionTree { Depth = 2 }.Fit(Rows(300, 4, 1));
        trees.Classes.ShouldBe(4);
        Should.Throw<ArgumentOutOfRangeException>(() => trees.Predict(new float[8], 1 << 30, new float[8])).ParamName.ShouldBe("features");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_round_lowers_the_training_loss(int classes)
    {
        Samples rows = Rows(400, classes, 5);
        double[] losses =
            [.. Enumerable.Range(1, 12).Select(rounds => Loss(new BoostedTrees { Rounds = rounds, Depth = 3, LearningRate = 0.3 }.Fit(rows), rows))];
        for (int round = 1; round < losses.Length; round++)
            losses[round].ShouldBeLessThan(losses[round - 1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_number_of_threads_gives_the_same_bits(int classes)
    {
        Samples rows = Rows(9000, classes, 3, weighted: true);
        foreach (Func<int, ILearner> learner in (Func<int, ILearner>[])
            [
                threads => new BoostedTrees { Rounds = 6, RowShare = 0.7, FeatureShare = 0.7, Threads = threads },
                threads => new BoostedTrees { Rounds = 6, Threads = threads },
                threads => new RandomForest { Trees = 6, Threads = threads },
                threads => new DecisionTree { Depth = 9, Threads = threads },
            ])
        {
            int[] one = Bits(learner(1).Fit(rows), rows);
            Bits(learner(2).Fit(rows), rows).ShouldBe(one);
            Bits(learner(5).Fit(rows), rows).ShouldBe(one);
        }
    }

    [Fact]
    public void A_weight_counts_as_that_many_rows()
    {
        Samples once = Rows(300, 0, 9);
        int[] twice = [.. Enumerable.Range(0, 300).SelectMany(row => row % 3 == 0 ? new[] { row, row } : [row])];
        Samples weighted = new(
            once.Names,
            once.Features.ToArray(),
            once.Labels.ToArray(),
            0,
            [.. Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? 2f : 1f)]);
        foreach (ILearner learner in (ILearner[])[new DecisionTree { Depth = 5 }, new BoostedTrees { Rounds = 3, MinLeafWeight = 4 }])
            Outputs(learner.Fit(weighted), once).ShouldBe(Outputs(learner.Fit(once.Select(twice)), once), 1e-4);
    }

    [Fact]
    public void Validation_rows_none_of_which_counts_are_refused()
    {
        Samples train = Rows(200, 2, 1), rows = Rows(9, 2, 2);
        Samples none = new(rows.Names, rows.Features.ToArray(), rows.Labels.ToArray(), 2, weights: new float[9]);
        Should.Throw<TrainingException>(() => new BoostedTrees { Threads = 1 }.Fit(train, none)).Message.ShouldContain("None of the 9 validation rows");
    }

    [Fact]
    public void Boosting_stops_where_validation_is_best()
    {
        Samples train = Rows(200, 2, 1, noise: 1f), validation = Rows(200, 2, 2, noise: 1f);
        BoostedTrees learner = new() { Rounds = 200, LearningRate = 0.3, Patience = 10 };
        IPredictor stopped = learner.Fit(train, validation), through = learner.Fit(train);
        ((TreePredictor)stopped).Ensemble.Count.ShouldBeLessThan(((TreePredictor)through).Ensemble.Count);
        Loss(stopped, validation).ShouldBeLessThan(Loss(through, validation));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void Quantile_boosting_is_above_that_share_of_labels(double quantile)
    {
        Samples train = Rows(4000, 0, 1, noise: 1f), test = Rows(4000, 0, 2, noise: 1f);
        float[] outputs = Outputs(new BoostedTrees { Loss = new QuantileLoss(quantile), Rounds = 60, Depth = 3, MinLeafWeight = 50 }.Fit(train), test);
        outputs.Where((y, row) => test.Labels[row] <= y).Count().ShouldBeInRange((int)((quantile - 0.05) * 4000), (int)((quantile + 0.05) * 4000));
    }

    [Fact]
    public void Huber_boosting_is_not_pulled_by_wild_labels()
    {
        Samples clean = Rows(2000, 0, 1), test = Rows(1000, 0, 2);
        Samples wild = new(clean.Names, clean.Features.ToArray(), [.. clean.Labels.ToArray().Select((y, row) => row % 20 == 0 ? 1000f : y)], 0);
        Loss(new BoostedTrees { Loss = new HuberLoss(0.5) }.Fit(wild), test).ShouldBeLessThan(Loss(new BoostedTrees().Fit(wild), test) / 10);
    }

    [Fact]
    public void Importance_falls_on_the_features_that_tell()
    {
        Samples rows = Rows(1000, 0, 4);
        ReadOnlySpan<double> importance = ((TreePredictor)new BoostedTrees().Fit(rows)).Importance;
        importance.ToArray().Sum().ShouldBe(1, 1e-9);
        importance[2].ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_tree_takes_its_tables_and_nothing_else()
    {
        // One split: a node of 2 bytes, 2 leaves of 4, a threshold of 4, a start of 4.
        Samples rows = new(["x"], [0, 1, 2, 3], [0, 0, 5, 5], 0);
        TreePredictor tree = (TreePredictor)new DecisionTree { Depth = 3 }.Fit(rows);
        (tree.SizeBytes, tree.Ensemble.Depth(0), tree.Ensemble.Thresholds(0)[0]).ShouldBe((18, 1, 1.5f));
        Outputs(tree, rows).ShouldBe([0, 0, 5, 5]);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_setting_out_of_range_is_named(ILearner learner, string setting) =>
        Should.Throw<TrainingException>(() => learner.Fit(Rows(50, 0, 1))).Message.ShouldStartWith($"{learner.GetType().Name}.{setting} is ");

    public static TheoryData<ILearner, string> Wrong() => new()
    {
        { new BoostedTrees { Rounds = 0 }, nameof(BoostedTrees.Rounds) },
        { new BoostedTrees { Depth = 17 }, nameof(BoostedTrees.Depth) },
        { new BoostedTrees { LearningRate = 0 }, nameof(BoostedTrees.LearningRate) },
        { new BoostedTrees { L2 = double.NaN }, nameof(BoostedTrees.L2) },
        { new BoostedTrees { MinLeafWeight = -1 }, nameof(BoostedTrees.MinLeafWeight) },
        { new BoostedTrees { MinGain = -1 }, nameof(BoostedTrees.MinGain) },
        { new BoostedTrees { RowShare = 1.5 }, nameof(BoostedTrees.RowShare) },
        { new BoostedTrees { FeatureShare = 0 }, nameof(BoostedTrees.FeatureShare) },
        { new BoostedTrees { Bins = 256 }, nameof(BoostedTrees.Bins) },
        { new BoostedTrees { Patience = -1 }, nameof(BoostedTrees.Patience) },
        { new BoostedTrees { Loss = new CrossEntropyLoss() }, nameof(BoostedTrees.Loss) },
        { new BoostedTrees { Threads = -1 }, nameof(BoostedTrees.Threads) },
        { new RandomForest { Trees = 0 }, nameof(RandomForest.Trees) },
        { new RandomForest { FeaturesEach = 4 }, nameof(RandomForest.FeaturesEach) },
        { new DecisionTree { Depth = 0 }, nameof(DecisionTree.Depth) },
        { new DecisionTree { Bins = 1 }, nameof(DecisionTree.Bins) },
    };

    private static float[] SumOfBins(TreeEnsemble trees, float[] row)
    {
        float[] sums = trees.Start.ToArray();
        for (int t = 0; t < trees.Count; t++)
        {
            int at = 0;
            for (int level = 0; level < trees.Depth(t); level++)
            {
                (int feature, byte bin) = trees.Node(t, at);
                at = (2 * at) + (trees.Bin(feature, row[feature]) > bin ? 2 : 1);
            }

            ReadOnlySpan<float> leaf = trees.Leaf(t, at + 1 - (1 << trees.Depth(t)));
            for (int value = 0; value < leaf.Length; value++)
                sums[leaf.Length == sums.Length ? value : t % sums.Length] += leaf[value];
        }

        return sums;
    }

    /// <summary>The squared error, or the cross-entropy.</summary>
    private static double Loss(IPredictor predictor, Samples rows)
    {
        float[] outputs = Outputs(predictor, rows);
        return Enumerable.Range(0, rows.Count).Average(row => rows.Classes == 0
            ? Math.Pow(outputs[row] - rows.Labels[row], 2)
            : -Math.Log(Math.Max(1e-30, outputs[((int)rows.Labels[row] * rows.Count) + row])));
    }

    private static float[] Outputs(IPredictor predictor, Samples rows)
    {
        float[] outputs = new float[Math.Max(1, rows.Classes) * rows.Count];
        predictor.Predict(rows.Features, rows.Count, outputs);
        return outputs;
    }

    private static int[] Bits(IPredictor predictor, Samples rows) => [.. Outputs(predictor, rows).Select(BitConverter.SingleToInt32Bits)];

    /// <summary>Two features that tell and one that does not.</summary>
    private static Samples Rows(int count, int classes, int seed, float noise = 0.2f, bool weighted = false)
    {
        Randomness random = new((ulong)seed);
        float[] features = [.. Enumerable.Range(0, 3 * count).Select(_ => random.Symmetric() * 2)];
        float[] labels = [.. Enumerable.Range(0, count).Select(row => features[row] + (features[row] * features[count + row]) + (noise * random.Symmetric()))];
        if (classes > 0)
        {
            float[] cuts = [.. Enumerable.Range(1, classes - 1).Select(c => labels.Order().ElementAt(c * count / classes))];
            labels = [.. labels.Select(y => (float)cuts.Count(cut => y > cut))];
        }

        return new Samples(["a", "b", "noise"], features, labels, classes, weighted ? [.. labels.Select(_ => random.Below(4) / 2f)] : null);
    }
}
