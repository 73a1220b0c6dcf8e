using System;
using System.Linq;
using System.Threading;
using Kml.TestSupport;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Optimisation;

public sealed class DescentTests
{
    public static TheoryData<Optimiser, TrainingPrecision> Steps
    {
        get
        {
            TheoryData<Optimiser, TrainingPrecision> data = [];
            foreach (TrainingPrecision precision in Enum.GetValues<TrainingPrecision>())
            {
                data.Add(new Sgd(0.9), precision);
                data.Add(new Adam(), precision);
                data.Add(new AdamW(), precision);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_allocates_nothing(Optimiser optimiser, TrainingPrecision precision)
    {
        FitOptions options = new()
        {
            Console = null,
            BatchRows = 4,
            MaxEpochs = int.MaxValue,
            Patience = int.MaxValue,
            Threads = 1,
            Optimiser = optimiser,
            Precision = precision,
            Clip = new GradientClip(1, 1),
            Schedule = new CosineSchedule(1),
        };
        PackedRows<float> rows = Rows(1000, out NetworkForm form);
        using Descent descent = new(new DescentTask(form, new HuberLoss(), options, rows, rows));

        // An epoch makes its report. Of 250 steps in it, none makes an object, which has 24 bytes at least.
        AllocationRounds epochs = new(allowed: (250 * 24) - 1);
        using CancellationTokenSource judged = new();
        epochs.Begin();
        descent.Run(
            _ =>
            {
                if (epochs.End())
                    judged.Cancel();
            },
            judged.Token);
        epochs.Verify();
    }

    [Fact]
    public void Early_stopping_keeps_the_best_weights_and_lets_the_rate_fall_before()
    {
        FitOptions options = new() { Console = null, MaxEpochs = 500, Patience = 6, LearningRate = 0.02f };
        NetworkFit fit = Course.Learner(options).FitAndReport(Course.Numbers(100), Course.Numbers(50, seed: 2));
        fit.Outcome.ShouldBe(TrainingOutcome.Converged);
        fit.Epochs.Count.ShouldBe(fit.BestEpoch + 6);
        fit.Epochs[fit.BestEpoch - 1].ValidationLoss.ShouldBe(fit.Epochs.Min(e => e.ValidationLoss));
        fit.Epochs[^1].LearningRate.ShouldBeLessThan(0.02f);

        // The same number of epochs as the best had gives the same weights.
        NetworkFit cut = Course.Learner(options with { MaxEpochs = fit.BestEpoch }).FitAndReport(Course.Numbers(100), Course.Numbers(50, seed: 2));
        cut.Predictor.Parameters.SequenceEqual(fit.Predictor.Parameters).ShouldBeTrue();
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_epoch_with_the_weights_before()
    {
        PackedRows<float> rows = Rows(1000, out NetworkForm form);
        DescentTask task = new(form, new HuberLoss(), new FitOptions { Console = null, BatchRows = 10, MaxEpochs = 5 }, rows, rows);
        float[] start = new float[form.ParameterOffset(form.Layers.Count)];
        Array.Fill(start, float.MaxValue);
        using Descent descent = new(task with { Start = start });
        DescentResult result = descent.Run(_ => { }, CancellationToken.None);
        result.Outcome.ShouldBe(TrainingOutcome.Diverged);
        result.Epochs.Count.ShouldBe(1);
        result.Parameters.ShouldBe(start);
    }

    private static PackedRows<float> Rows(int count, out NetworkForm form)
    {
        Samples samples = Course.Numbers(count);
        form = NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Relu), new DenseLayer(1));
        return Normalisation.Learn(samples, form).Pack(samples, []);
    }
}
