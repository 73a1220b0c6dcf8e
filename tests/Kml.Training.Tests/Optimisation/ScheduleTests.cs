using System.Linq;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Optimisation;

public sealed class ScheduleTests
{
    [Fact]
    public void A_constant_one_is_1_throughout() => Factor(new ConstantSchedule(), 7.5).ShouldBe(1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9.99, 1)]
    [InlineData(10, 0.5)]
    [InlineData(35, 0.125)]
    public void Steps_multiply_every_so_many_epochs(double epochs, double due) => Factor(new StepSchedule(10, 0.5), epochs).ShouldBe(due, 1e-15);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(50, 0.55)]
    [InlineData(100, 0.1)]
    [InlineData(150, 0.1)]
    public void A_cosine_falls_to_its_least(double epochs, double due) => Factor(new CosineSchedule(0, 0.1), epochs).ShouldBe(due, 1e-12);

    [Fact]
    public void A_cosine_warms_up_from_above_0_and_is_whole_after()
    {
        CosineSchedule schedule = new(WarmUp: 5);
        double[] growth = [.. Enumerable.Range(0, 50).Select(i => Factor(schedule, i / 10.0))];
        growth[0].ShouldBeInRange(0.0001, 0.01);
        growth.ShouldBe(growth.Order());
        Factor(schedule, 5).ShouldBe(1);
        Factor(schedule, 52.5).ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void A_plateau_lets_the_rate_fall_after_half_the_patience()
    {
        PlateauSchedule schedule = new();
        schedule.Falls(new ScheduleState(20, 100, 9, 0), 20).ShouldBeFalse();
        schedule.Falls(new ScheduleState(20, 100, 10, 0), 20).ShouldBeTrue();
        schedule.Falls(new ScheduleState(20, 100, 1, 0), 1).ShouldBeTrue();
        new PlateauSchedule(3).Falls(new ScheduleState(20, 100, 3, 0), 20).ShouldBeTrue();
        schedule.Factor(new ScheduleState(20, 100, 0, 3)).ShouldBe(0.125);
    }

    [Fact]
    public void Training_takes_the_rates_of_its_schedule()
    {
        Rates(new ConstantSchedule()).ShouldBe([0.01f, 0.01f, 0.01f, 0.01f]);
        Rates(new StepSchedule(2, 0.5)).ShouldBe([0.01f, 0.01f, 0.005f, 0.005f]);
        float[] cosine = Rates(new CosineSchedule());
        cosine.ShouldBe(cosine.OrderDescending());
        cosine[^1].ShouldBeLessThan(0.001f);

        static float[] Rates(Schedule schedule) =>
            [.. Course.Learner(new FitOptions { Console = null, MaxEpochs = 4, LearningRate = 0.01f, Schedule = schedule, BatchRows = 10 })
                .FitAndReport(Course.Numbers(100)).Epochs.Select(e => e.LearningRate)];
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Refused(new StepSchedule(0)).ShouldContain("Epochs is 0; it must be at least 1");
        Refused(new StepSchedule(3, 1.5)).ShouldContain("By is 1.5");
        Refused(new CosineSchedule(-1)).ShouldContain("WarmUp is -1");
        Refused(new CosineSchedule(0, 2)).ShouldContain("Least is 2; it must be from 0 to 1");
        Refused(new PlateauSchedule(0)).ShouldContain("Epochs is 0");
        Refused(new PlateauSchedule(3, 1)).ShouldContain("By is 1; it must be above 0 and below 1");

        static string Refused(Schedule schedule) =>
            Should.Throw<TrainingException>(() =>
                new NetworkLearner { Options = new FitOptions { Console = null, Schedule = schedule } }.Fit(Course.Numbers(10))).Message;
    }

    private static double Factor(Schedule schedule, double epochs) => schedule.Factor(new ScheduleState(epochs, 100, 0, 0));
}
