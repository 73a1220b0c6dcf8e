using System;
using System.IO;
using System.Linq;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class PrecisionComparisonTests
{
    /// <summary>Right where the feature is above a bound.</summary>
    private sealed record Bound(float From) : ILearner, IPredictor
    {
        public string Name => "bound";

        public int Width => 1;

        public int Classes => 2;

        public long SizeBytes => 4;

        public IPredictor Fit(Samples train, Samples? validation = null) => this;

        public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
        {
            for (int row = 0; row < rows; row++)
                (outputs[row], outputs[rows + row]) = features[row] >= From ? (0, 1) : (1, 0);
        }
    }

    [Fact]
    public void Points_are_counted_against_float32_over_all_splits_and_seeds()
    {
        Samples ones = Ones(100), fewer = Ones(50);
        PrecisionComparison comparison = PrecisionComparison.Run(
            (precision, seed) => new Bound(precision == TrainingPrecision.Int8 ? seed == 1 ? 4 : 2 : 1),
            [(ones, null, ones), (ones, ones, fewer)],
            seeds: 2);

        comparison.Tested.ShouldBe(300);
        comparison.Rows.Select(r => r.Precision).ShouldBe(Enum.GetValues<TrainingPrecision>());
        PrecisionRow full = comparison.Rows.Single(r => r.Precision == TrainingPrecision.Float32),
            eight = comparison.Rows.Single(r => r.Precision == TrainingPrecision.Int8);
        full.Score.ShouldBe(((99 * 2) + (49 * 2)) / 300.0, 1e-9);
        eight.Score.ShouldBe((96 + 98 + 46 + 48) / 300.0, 1e-9);
        eight.Lost.ShouldBe(100 * (296 - 288) / 300.0, 1e-9);
    }

    [Fact]
    public void It_prints_a_row_a_precision()
    {
        StringWriter text = new();
        PrecisionComparison.Run((_, _) => new Bound(1), [(Ones(10), null, Ones(10))], seeds: 1)
            .Print(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No }));
        foreach (string name in (string[])["float32", "bfloat16", "int16", "int8", "90.00"])
            text.ToString().ShouldContain(name);
    }

    [Fact]
    public void A_network_loses_next_to_nothing_in_any_precision()
    {
        Random random = new(3);
        float[] x = [.. Enumerable.Range(0, 1200).Select(_ => (float)random.Next(-1000, 1000))];
        Samples rows = new(["a", "b"], x, [.. Enumerable.Range(0, 600).Select(i => x[i] > x[600 + i] ? 1f : x[i] < -500 ? 2f : 0f)], 3);
        NetworkLearner learner = new() { Hidden = [12], Options = new FitOptions { BatchRows = 64, MaxEpochs = 60, LearningRate = 0.02f, Console = null } };
        PrecisionComparison comparison = PrecisionComparison.Run(
            learner,
            [.. rows.Folds(2, FoldKind.Plain, 1).Select(fold => (fold.Train, (Samples?)null, fold.Test))],
            seeds: 1);
        comparison.Rows[0].Score.ShouldBeGreaterThan(0.95);
        comparison.Rows.ShouldAllBe(row => row.Lost < 1.5);
        comparison.Rows[1].SizeBytes.ShouldBeLessThan(comparison.Rows[0].SizeBytes);
    }

    [Fact]
    public void An_integer_predictor_chooses_as_the_network_that_was_trained_for_it()
    {
        Random random = new(4);
        float[] x = [.. Enumerable.Range(0, 1200).Select(_ => (float)random.NextDouble())];
        Samples rows = new(["a", "b"], x, [.. Enumerable.Range(0, 600).Select(i => x[i] > x[600 + i] ? 1f : 0f)], 2);
        FitOptions options = new() { BatchRows = 64, MaxEpochs = 20, LearningRate = 0.02f, Precision = TrainingPrecision.Int8, Console = null };
        NetworkPredictor network = (NetworkPredictor)new NetworkLearner { Options = options }.Fit(rows);
        IPredictor integers = network.ToIntegers(rows);
        float[] soft = new float[1200], hard = new float[1200];
        network.Predict(rows.Features, 600, soft);
        integers.Predict(rows.Features, 600, hard);
        for (int row = 0; row < 600; row++)
            (hard[600 + row] == 1).ShouldBe(soft[600 + row] > soft[row] || Math.Abs(soft[row] - 0.5f) < 1e-3f, $"row {row}: {soft[600 + row]}");
        integers.SizeBytes.ShouldBe(network.SizeBytes);
        Should.Throw<TrainingException>(() => network.ToIntegers(Ones(3))).Message.ShouldContain("2 features");
    }

    [Fact]
    public void It_needs_a_split_and_a_seed()
    {
        Should.Throw<TrainingException>(() => PrecisionComparison.Run((_, _) => new Bound(1), [], seeds: 1)).Message.ShouldContain("at least one");
        Should.Throw<TrainingException>(() => PrecisionComparison.Run((_, _) => new Bound(1), [(Ones(3), null, Ones(3))], seeds: 0))
            .Message.ShouldContain("at least one");
    }

    private static Samples Ones(int count) => new(["at"], [.. Enumerable.Range(0, count).Select(i => (float)i)], [.. Enumerable.Repeat(1f, count)], 2);
}
