using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

/// <summary>Training from records on numbers that a float has no room for: named by row and feature, and nothing that was learned is lost.</summary>
public sealed class ExtremeRecordsTests
{
    private static readonly TrainingOptions Quick = new() { Console = null, MaxEpochs = 20, LearningRate = 0.01f };

    [Theory]
    [InlineData(100, "In row 100 of the training rows column 'x1' is")]
    [InlineData(430, "In row 10 of the validation rows column 'x1' is")]
    public void Before_training_a_row_is_refused(int record, string message)
    {
        string said = Should.Throw<TrainingException>(() => Trainer.Train<ExtremeModel>(SyntheticRecords.Extreme(600, record), Quick)).Message;
        said.ShouldStartWith(message);
        said.ShouldNotContain("learning rate");
    }

    [Fact]
    public void After_it_a_test_row_is_named_and_the_result_stands()
    {
        TrainingResult result = Trainer.Train<ExtremeModel>(SyntheticRecords.Extreme(600, 520), Quick);
        result.Warnings.Single().Message.ShouldStartWith("In row 10 of the test rows column 'x1' is");
        result.BestEpoch.ShouldBeGreaterThan(0);
        double.IsFinite(result.Float.MeanAbsoluteError!.Value).ShouldBeTrue();
        Trainer.Train<ExtremeModel>(SyntheticRecords.Extreme(600, -1), Quick).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_float_loses_of_an_integer_is_said_exactly_and_what_it_keeps_is_learned()
    {
        TrainingResult result = Trainer.Train<FarModel>(SyntheticRecords.Far(3000), Quick with { MaxEpochs = 60 });
        result.Warnings.Select(w => w.Kind).ShouldBe([TrainingWarningKind.RoundedFeature, TrainingWarningKind.ConstantFeature]);
        result.Warnings[0].Message.ShouldBe("feature 0 lies between 1000000000 and 1000000007 in the training rows, "
            + "where a float32 knows multiples of 64 alone: the float engine and training cannot tell its values apart. "
            + "Subtract a base in the features method while it is an integer, such as x[0] = value - 1000000000");
        result.Warnings[1].Message.ShouldStartWith("feature 2 is 1E+09 in all 2100 training rows");

        // The label's spread is half of each of two numbers; one of them is learned, by both engines.
        float[] labels = [.. Enumerable.Range(0, result.Test.Count).Select(result.Test.Label)];
        double mean = labels.Average(), spread = labels.Average(label => Math.Abs(label - mean));
        result.Float.MeanAbsoluteError!.Value.ShouldBeLessThan(spread * 0.92);
        result.Integer!.MeanAbsoluteError!.Value.ShouldBeLessThan(spread * 0.92);
    }
}
