using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Optimisation;

public sealed class GradientClipTests
{
    [Fact]
    public void The_length_is_bounded_and_the_direction_kept() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            float size = random.NextSingle() * 4;
            float[] before = [.. Enumerable.Range(0, 64).Select(_ => (random.NextSingle() - 0.5f) * size)], after = [.. before];
            new GradientClip(Norm: 3).Run(after);
            double factor = 3 / Length(before);
            return factor >= 1
                ? after.SequenceEqual(before)
                : Math.Abs(Length(after) - 3) < 1e-4 && after.Zip(before).All(pair => Math.Abs(pair.First - (pair.Second * factor)) < 1e-5);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_short_is_left_alone()
    {
        float[] gradient = [.. Enumerable.Repeat(0.5f, 16)];
        new GradientClip(Norm: 2, Value: 0.5).Run(gradient);
        gradient.ShouldAllBe(g => g == 0.5f);
    }

    [Fact]
    public void Elements_are_bounded_before_the_length_is()
    {
        float[] gradient = new float[16];
        (gradient[0], gradient[1]) = (100, -3);
        new GradientClip(Norm: 5, Value: 4).Run(gradient);
        (gradient[0], gradient[1]).ShouldBe((4, -3));
        new GradientClip(Norm: 2.5, Value: 4).Run(gradient);
        (gradient[0], gradient[1]).ShouldBe((2, -1.5f));
    }

    [Fact]
    public void Lengths_that_overflow_floats_are_bounded_and_no_number_stays_none()
    {
        float[] large = [.. Enumerable.Repeat(1e38f, 32)];
        new GradientClip(Norm: 1).Run(large);
        Length(large).ShouldBe(1, 1e-5);

        float[] none = [.. Enumerable.Repeat(1f, 16)];
        none[3] = float.NaN;
        new GradientClip(Norm: 1, Value: 1).Run(none);
        none[3].ShouldBe(float.NaN);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(double.NaN, 1)]
    public void Bounds_that_leave_nothing_are_refused(double norm, double value) =>
        Should.Throw<TrainingException>(() => new GradientClip(norm, value).Check()).Message.ShouldContain("both must be above 0");

    [Fact]
    public void A_clipped_training_survives_a_row_that_would_throw_it_far()
    {
        Samples rows = LearnerRows(1e6f);
        FitOptions options = new()
        {
            Console = null,
            MaxEpochs = 20,
            Optimiser = new Sgd(),
            LearningRate = 0.1f,
            Loss = new Losses.SquaredLoss(),
            BatchRows = 16,
        };
        Course.Learner(options).FitAndReport(rows).Outcome.ShouldBe(TrainingOutcome.Diverged);
        Course.Learner(options with { Clip = new GradientClip(Norm: 0.1) }).FitAndReport(rows).Outcome.ShouldBe(TrainingOutcome.EpochLimit);

        static Samples LearnerRows(float weight) => Learners.LearnerCase.Rows(200, 2, 0, weight: row => row == 7 ? weight : 1);
    }

    private static double Length(float[] values) => Math.Sqrt(values.Sum(v => (double)v * v));
}
