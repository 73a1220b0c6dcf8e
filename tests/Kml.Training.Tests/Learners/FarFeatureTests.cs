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

/// <summary>
/// A feature whose values a float tells apart is learned, however far from 0 they lie and however near to each other; what is said of it is true.
/// </summary>
public sealed class FarFeatureTests
{
    private const int Rows = 400;

    /// <summary>The first value and the distance to the next: sectors, times in nanoseconds, far below 0, tiny, as near as floats are, huge.</summary>
    private static readonly (float First, float Step)[] Ranges =
    [
        (1e9f, 64), (-1e9f, 64), (8589934592f, 1024), (1.7e18f, 137438953472), (0, 1e-30f), (1e-30f, 1e-36f), (16777216, 2), (-3e30f, 3e23f), (1e36f, 1e36f),
    ];

    public static TheoryData<LearnerCase> Cases => [.. LearnerCase.All, .. InIntegers];

    /// <summary>Beside the learners, what their networks become without floating point.</summary>
    private static IEnumerable<LearnerCase> InIntegers =>
    [
        new(new Integers(new NetworkLearner { Options = Options }), 3),
        new(new Integers(new NetworkLearner { Options = Options with { Precision = TrainingPrecision.Int8 } }), 3),
        new(new NetworkLearner { Options = Options with { Precision = TrainingPrecision.BFloat16 } }, 3),
    ];

    private static FitOptions Options { get; } = new() { Console = null, MaxEpochs = 60, LearningRate = 0.01f };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_learner_learns_it(LearnerCase of)
    {
        // A forest whose trees may split on the constant alone errs near 0 too.
        Samples near = Of(0, 1, of.Classes);
        float due = of.Classes > 0 ? 0 : Math.Max(3f, Error(of.Learner.Fit(near, near), near) + 0.5f);
        foreach ((float first, float step) in Ranges)
        {
            Samples rows = Of(first, step, of.Classes);
            IPredictor predictor = of.Learner.Fit(rows, rows);
            if (of.Classes > 0)
                LearnerCase.Accuracy(predictor, rows).ShouldBe(1.0, $"{first:R} and steps of {step:R}");
            else
                Error(predictor, rows).ShouldBeLessThan(due, $"{first:R} and steps of {step:R}");
        }

        static float Error(IPredictor predictor, Samples rows) =>
            LearnerCase.Predict(predictor, rows).Zip(rows.Labels.ToArray()).Max(pair => Math.Abs(pair.First - pair.Second));
    }

    [Fact]
    public void A_spread_below_what_floats_hold_with_all_digits_is_said_and_trees_learn_it()
    {
        Samples rows = Of(0, 1e-40f, 3);
        FeatureWarnings.Of(rows).Single(w => w.Kind == TrainingWarningKind.RoundedFeature).Message.ShouldContain("'far'");
        LearnerCase.Accuracy(new DecisionTree().Fit(rows), rows).ShouldBe(1.0);
        Should.Throw<TrainingException>(() => new LinearRegression().Fit(Of(0, 1e-40f, 0))).Message.ShouldContain("'far'");
    }

    [Fact]
    public void Warnings_are_of_what_is_constant_and_of_nothing_else()
    {
        foreach ((float first, float step) in Ranges)
        {
            Samples rows = Of(first, step, 3);
            IReadOnlyList<TrainingWarning> warnings = new NetworkLearner { Options = Options with { MaxEpochs = 2 } }.FitAndReport(rows).Warnings;
            warnings.Where(w => w.Kind == TrainingWarningKind.ConstantFeature).ShouldHaveSingleItem().Message.ShouldContain("'same'");
        }
    }

    [Theory]
    [InlineData(1e9f)]
    [InlineData(0.1f)]
    [InlineData(-3e30f)]
    [InlineData(1e-40f)]
    public void A_constant_is_found_whatever_its_weights(float value)
    {
        // Sums of such products round: a constant must not become a feature of noise by that.
        Samples rows = LearnerCase.Rows(1000, 2, 0, feature: (f, row) => f == 0 ? row : value, weight: row => 0.1f + (row % 7 / 3f));
        Normalisation.Learn(rows, NetworkForm.Of(2, new DenseLayer(1))).InverseDeviation[1].ShouldBe(0);
        new NormalisedFeatures(rows).InverseDeviations[1].ShouldBe(0);
        FeatureScale scale = new(2, []);
        for (int row = 0; row < rows.Count; row++)
            scale.Add([rows.Column(0)[row], value, rows.Labels[row], rows.Weights[row]]);
        scale.Fix();
        scale.Inverse[1].ShouldBe(0);
    }

    [Fact]
    public void A_sequence_network_and_few_rows_and_a_stream_learn_it_too()
    {
        foreach ((float first, float step) in Ranges)
        {
            Samples rows = Of(first, step, 3);
            string range = $"{first:R} and steps of {step:R}";
            NormalisedFeatures normalised = new(rows);
            normalised.InverseDeviations[0].ShouldBeGreaterThan(0, range);
            LearnerCase.Accuracy(new Prototypes(normalised).Fit(rows), rows).ShouldBe(1.0, range);

            NetworkForm form = new(new LayerShape(4, 2), new([new GruLayer(6) { CarriesState = true, EveryStep = true }, new DenseLayer(3)]));
            SequenceLearner sequence = new(form) { Lanes = 8, MaxEpochs = 60, LearningRate = 0.02 };
            float[] outputs = sequence.Fit(rows, rows).Predict(rows);
            Enumerable.Range(0, Rows).Count(row => Enumerable.Range(0, 3).MaxBy(c => outputs[(c * Rows) + row]) == (int)rows.Labels[row])
                .ShouldBeGreaterThan(Rows - 4, range);

            OnlineOptions options = new(NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Tanh), new DenseLayer(3)), new CrossEntropyLoss())
            {
                CpuShare = 1,
                Mode = IntakeMode.Blocking,
                WarmUpRows = 256,
                LearningRate = 0.02,
            };
            using OnlineTrainer trainer = new(options);
            for (int i = 0; i < 40 * Rows; i++)
                trainer.Intakes[0].Offer([rows.Column(0)[i % Rows], rows.Column(1)[i % Rows]], rows.Labels[i % Rows]);
            trainer.Complete();
            LearnerCase.Accuracy(trainer.Current.ShouldNotBeNull(range), rows).ShouldBe(1.0, range);
        }
    }

    /// <summary>The class is which of three values the feature 'far' has, a number ten times as much; 'same' is constant.</summary>
    private static Samples Of(float first, float step, int classes)
    {
        Random random = new(5);
        int[] which = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(3))];
        float[] values = [first, first + step, first + (2 * step)];
        values.Distinct().Count().ShouldBe(3);
        return new Samples(
            ["far", "same"],
            [.. which.Select(w => values[w]), .. Enumerable.Repeat(1e9f, Rows)],
            [.. which.Select(w => classes > 0 ? w : 10f * w)],
            classes);
    }

    private sealed record Integers(NetworkLearner Learner) : ILearner
    {
        public string Name => $"{Learner.Name} in integers";

        public IPredictor Fit(Samples train, Samples? validation = null) => ((NetworkPredictor)Learner.Fit(train, validation)).ToIntegers(train);
    }
}
