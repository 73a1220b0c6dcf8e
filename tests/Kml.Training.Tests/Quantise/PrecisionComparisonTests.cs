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
        PrecisionRow full = comparison.Rows.Single(r => r.Precision == TrainingPrecision.Float32), eight = comparison.Rows.Single(r => r.Precision == TrainingPrecision.Int8);
        full.Score.ShouldBe(((99 * 2) + (49 * 2)) / 300.0, 1e-9);
        eight.Score.ShouldBe((96 + 98 + 46 + 48) / 300.0, 1e-9);
        eight.Lost.ShouldBe(100 * (296 - 288) / 300.0, 1e-9);
    }

    [Fact]
    public void It_prints_a_row_a_precision()
    {
        StringWriter text = new();
        PrecisionComparison.Run((_, _) => new Bound(1), [(Ones(10), null, Ones(10))])
            .Print(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No }));
        foreach (string name in (string[])["float32", "bfloat16", "int16", "int8", "90.00"])
            text.ToString().ShouldContain(name);
    }

    [Fact]
    public void It_needs_a_split_and_a_seed()
    {
        Should.Throw<TrainingException>(() => PrecisionComparison.Run((_, _) => new Bound(1), [])).Message.ShouldContain("at least one");
        Should.Throw<TrainingException>(() => PrecisionComparison.Run((_, _) => new Bound(1), [(Ones(3), null, Ones(3))], seeds: 0)).Message.ShouldContain("at least one");
    }

    private static Samples Ones(int count) => new(["at"], [.. Enumerable.Range(0, count).Select(i => (float)i)], [.. Enumerable.Repeat(1f, count)], 2);
}
