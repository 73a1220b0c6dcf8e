using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Training;
using Kml.Training.Linear;
using Kml.Training.Trees;

namespace Kml.Benchmarks;

/// <summary>The kinds of models that are tried, and the settings that each may choose from.</summary>
internal static class AccuracyKinds
{
    /// <summary>For the mq-deadline trace: small ones.</summary>
    internal static IReadOnlyList<(string Kind, IReadOnlyList<ILearner> Settings)> Deadline { get; } =
    [
        ("linear (least squares)", [new LeastSquaresClassifier { Penalty = 1e-8 }, new LeastSquaresClassifier { Penalty = 1e-2 }]),
        ("logistic", [new LogisticRegression { Penalty = 1e-5 }, new LogisticRegression { Penalty = 1e-3 }, new LogisticRegression { Penalty = 1e-1 }]),
        ("tree", [.. new[] { 3, 4, 5, 6 }.Select(depth => new DecisionTree { Depth = depth, MinLeafWeight = 3 })]),
        ("forest", [.. new[] { 4, 5 }.SelectMany(depth => new[] { 8, 12 }.Select(trees => new RandomForest { Trees = trees, Depth = depth }))]),
        ("boosting",
            [.. new[] { 10, 20, 30 }
                .SelectMany(rounds => new[] { 2, 3 }.Select(depth => new BoostedTrees { Rounds = rounds, Depth = depth, LearningRate = 0.2 }))]),
        ("random Fourier", [.. Fourier(80)]),
        ("network", [Network(0.003f, 16, 16), Network(0.01f, 16, 16), Network(0.01f, 16)]),
    ];

    /// <summary>For the readahead rows, each with the model of scikit-learn that it must not fall behind.</summary>
    internal static IReadOnlyList<(string Kind, string? Rival, ILearner Learner)> Readahead { get; } =
    [
        ("logistic", null, new LogisticRegression { Penalty = 1e-2 }),
        ("network", "MLPClassifier", Network(0.01f, 15, 5)),
        ("forest", "RandomForestClassifier", new RandomForest { Depth = 16 }),
        ("boosting", "HistGradientBoostingClassifier", new BoostedTrees { Depth = 5 }),
        ("random Fourier", null, new RandomFourier { Features = 200, Penalty = 1e-4 }),
    ];

    private static NetworkLearner Network(float rate, params int[] hidden) => new()
    {
        Hidden = EquatableArray.Of(hidden),
        Options = new FitOptions { Console = null, BatchRows = 64, MaxEpochs = 300, Patience = 300, LearningRate = rate },
    };

    private static IEnumerable<ILearner> Fourier(int features)
    {
        foreach (double scale in new[] { 0.5, 1, 2 })
        {
            foreach (double penalty in new[] { 1e-6, 1e-5, 1e-4, 1e-3 })
                yield return new RandomFourier { Features = features, BandwidthScale = scale, Penalty = penalty };
        }
    }

    /// <summary>Two classes by least squares on 0 and 1, as a linear regression decides: the score is taken for the probability, within 0 and 1.</summary>
    private sealed record LeastSquaresClassifier : ILearner
    {
        public double Penalty { get; init; }

        public string Name => FormattableString.Invariant($"linear, penalty {Penalty:R}");

        public IPredictor Fit(Samples train, Samples? validation = null) => new Predictor(new LinearRegression { Penalty = Penalty }.Fit(
            new Samples(train.Names, train.Features.ToArray(), train.Labels.ToArray(), classes: 0, train.Weights.ToArray())));

        private sealed class Predictor(IPredictor scores) : IPredictor
        {
            public int Width => scores.Width;

            public int Classes => 2;

            public long SizeBytes => scores.SizeBytes;

            public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
            {
                scores.Predict(features, rows, outputs[rows..]);
                for (int r = 0; r < rows; r++)
                {
                    outputs[rows + r] = Math.Clamp(outputs[rows + r], 0f, 1f);
                    outputs[r] = 1f - outputs[rows + r];
                }
            }
        }
    }
}
