using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Adapting;
using Kml.Training.Layers;
using Kml.Training.Linear;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Online;
using Kml.Training.Sequences;
using Kml.Training.Trees;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Learners;

/// <summary>Weights say what rows count for beside each other: what all are multiplied by changes nothing.</summary>
public sealed class WeightScaleTests
{
    private static readonly float[] Decimal = [1e-12f, 1e-6f, 1e-3f, 0.1f, 7f, 1e3f, 1e6f, 1e12f, 1e-36f, 1e34f];

    private static readonly float[] Binary = [.. ((int[])[-120, -40, -1, 3, 40, 110]).Select(power => MathF.ScaleB(1, power))];

    private static readonly ILearner[] Trees =
    [
        new DecisionTree { MinLeafWeight = 5, MinGain = 0.5 },
        new RandomForest { Trees = 10, Depth = 6, MinLeafWeight = 5 },
        new BoostedTrees { Rounds = 10, Depth = 3, MinLeafWeight = 5, MinGain = 0.5, RowShare = 0.8 },
        new BoostedTrees { Rounds = 10, Depth = 3, L2 = 20 },
    ];

    public static TheoryData<LearnerCase> Cases =>
    [
        .. LearnerCase.All.Select(of => of.Learner is NetworkLearner network
            ? of with { Learner = network with { Options = network.Options with { MaxEpochs = 4, BalanceClasses = of.Classes > 0 } } }
            : of),
        .. Trees.SelectMany(learner => new[] { new LearnerCase(learner, 0), new LearnerCase(learner, 2), new LearnerCase(learner, 3) }),
        new LearnerCase(new BoostedTrees { Rounds = 10, Depth = 3, Loss = new QuantileLoss(0.8) }, 0),
        new LearnerCase(new BoostedTrees { Rounds = 10, Depth = 3, Loss = new HuberLoss(3) }, 0),
        new LearnerCase(new LinearRegression { Solver = LinearSolver.Iterative }, 0),
        new LearnerCase(new LogisticRegression(), 2),
        new LearnerCase(new Few(), 2),
        new LearnerCase(new Sequence(), 3),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_learner_looks_at_their_scale(LearnerCase of)
    {
        Samples rows = Rows(of.Classes, 1), validation = Rows(of.Classes, 300);
        float[] due = Outputs(1);
        foreach (float scale in Binary)
            Outputs(scale).ShouldBe(due, $"2^{MathF.ILogB(scale)}");
        foreach (float scale in Decimal)
            Outputs(scale).ShouldBe(due, 1e-3 * Math.Max(1, due.Max(Math.Abs)), $"{scale:R}");

        float[] Outputs(float scale) => LearnerCase.Predict(of.Learner.Fit(Scaled(rows, scale), Scaled(validation, scale)), rows);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_that_weigh_alike_are_as_those_without_weights_to_the_bit(LearnerCase of)
    {
        Samples plain = LearnerCase.Rows(300, 2, of.Classes);
        float[] due = LearnerCase.Predict(of.Learner.Fit(plain, plain), plain);
        foreach (float weight in (float[])[1f / 300, .. Decimal])
        {
            Samples rows = LearnerCase.Rows(300, 2, of.Classes, weight: _ => weight);
            LearnerCase.Predict(of.Learner.Fit(rows, rows), plain).ShouldBe(due, $"{weight:R}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_metric_and_no_baseline_looks_at_their_scale(int classes)
    {
        Samples rows = Rows(classes, 1), test = Rows(classes, 300);
        IPredictor predictor = new DecisionTree().Fit(rows);
        double[] due = Figures(1);
        foreach (float scale in Binary.Concat(Decimal))
            Figures(scale).Zip(due).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Abs(pair.Second), $"{scale:R}");

        double[] Figures(float scale)
        {
            Evaluation evaluation = Evaluation.Of(predictor, Scaled(rows, scale), Scaled(test, scale));
            return [.. evaluation.Baselines.Append(evaluation.Model).SelectMany(row => row.Class is { } c
                ? new[] { c.Accuracy, c.F1, c.Auc, c.LogLoss, c.Calibration.Error }
                : [row.Regression!.MeanAbsoluteError, row.Regression.RootMeanSquaredError, row.Regression.QuantileLoss])];
        }
    }

    [Fact]
    public void No_detector_of_drift_looks_at_their_scale()
    {
        foreach (Func<IDriftDetector> make in (Func<IDriftDetector>[])
            [
                () => new PageHinkley(),
                () => new AdaptiveWindow(),
                () => new BlockMeans(new AdaptiveWindow(), 8),
            ])
        {
            DriftState[] due = States(1);
            due.ShouldContain(DriftState.Drift);
            foreach (float scale in Binary)
                States(scale).ShouldBe(due);

            DriftState[] States(float scale)
            {
                Random random = new(3);
                IDriftDetector detector = make();
                return
                [
                    .. Enumerable.Range(0, 2000).Select(i => detector.Add(
                        Math.Clamp((random.NextDouble() * 0.5) + (i < 1000 ? 0 : 0.5), 0, 1),
                        (1 + random.Next(3)) * (double)scale)),
                ];
            }
        }

        Samples reference = Rows(3, 1);
        foreach (float scale in Binary)
            new FeatureDrift(Scaled(reference, scale)).Add([1e6f, 1e6f], scale).ShouldBe(new FeatureDrift(reference).Add([1e6f, 1e6f]));
    }

    [Fact]
    public void No_stream_looks_at_their_scale()
    {
        float[] due = Learned(1);
        foreach (float scale in Binary)
            Learned(scale).ShouldBe(due, $"2^{MathF.ILogB(scale)}");

        static float[] Learned(float scale)
        {
            Samples rows = Rows(3, 1);
            OnlineOptions options = new(NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Tanh), new DenseLayer(3)), new CrossEntropyLoss())
            {
                CpuShare = 1,
                Mode = IntakeMode.Blocking,
                WarmUpRows = 256,
                LearningRate = 0.01,
            };
            using OnlineTrainer trainer = new(options);
            for (int i = 0; i < 40 * rows.Count; i++)
            {
                trainer.Intakes[0].Offer(
                    [rows.Column(0)[i % rows.Count], rows.Column(1)[i % rows.Count]],
                    rows.Labels[i % rows.Count],
                    rows.Weights[i % rows.Count] * scale);
            }

            trainer.Complete();
            return LearnerCase.Predict(trainer.Current.ShouldNotBeNull(), rows);
        }
    }

    [Fact]
    public void A_row_that_outweighs_all_others_is_named()
    {
        Samples rows = LearnerCase.Rows(400, 2, 2, weight: row => row == 37 ? 1e12f : 1);
        FeatureWarnings.Of(rows).ShouldHaveSingleItem().Message.ShouldContain("row 37 ");
        FeatureWarnings.Of(Rows(2, 1)).ShouldBeEmpty();

        // What a held-out share of 5 in 100 makes of weights is customary.
        FeatureWarnings.Of(LearnerCase.Rows(400, 2, 2, weight: row => row % 80 == 0 ? 20 : 1)).ShouldBeEmpty();
    }

    [Fact]
    public void Many_rows_that_count_for_next_to_nothing_are_not_counted()
    {
        // Of the evidence, half lies in rows that weigh 1: a leaf of least weight 50 needs 50 of those.
        Samples rows = LearnerCase.Rows(400, 1, 0, weight: row => row < 100 ? 1 : 1e-9f);
        Samples few = rows.Select([.. Enumerable.Range(0, 100)]);
        DecisionTree tree = new() { Depth = 5, MinLeafWeight = 50 };
        ((TreePredictor)tree.Fit(rows)).Ensemble.Depth(0).ShouldBe(((TreePredictor)tree.Fit(few)).Ensemble.Depth(0));
    }

    private static Samples Rows(int classes, int seed) => LearnerCase.Rows(300, 2, classes, seed, weight: row => 0.25f * (1 + (row * 7 % 11)));

    private static Samples Scaled(Samples rows, float scale) =>
        new(rows.Names, rows.Features.ToArray(), rows.Labels.ToArray(), rows.Classes, [.. rows.Weights.ToArray().Select(w => w * scale)]);

    /// <summary>A start, prototypes and fine-tuning, of weighted rows throughout.</summary>
    private sealed record Few : ILearner
    {
        public string Name => "few rows";

        public IPredictor Fit(Samples train, Samples? validation = null)
        {
            NetworkPredictor start = new Reptile { Rounds = 30, RoundRows = 64, StepRows = 16 }.Train(train);
            new Prototypes(new NormalisedFeatures(train)).Fit(train);
            return new FineTune(start.For(train)) { MostSteps = 5 }.Fit(train);
        }
    }

    private sealed record Sequence : ILearner
    {
        public string Name => "sequence network";

        public IPredictor Fit(Samples train, Samples? validation = null)
        {
            NetworkForm form = new(new LayerShape(4, 2), new([new GruLayer(6) { CarriesState = true, EveryStep = true }, new DenseLayer(3)]));
            return new Rowwise(new SequenceLearner(form) { Lanes = 4, MaxEpochs = 3, LearningRate = 0.01 }.Fit(train, validation));
        }

        private sealed class Rowwise(SequencePredictor inner) : IPredictor
        {
            public int Width => 2;

            public int Classes => 3;

            public long SizeBytes => 1;

            public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs) =>
                inner.Predict(new Samples(["f0", "f1"], features[..(2 * rows)].ToArray(), new float[rows], 3)).CopyTo(outputs);
        }
    }
}
