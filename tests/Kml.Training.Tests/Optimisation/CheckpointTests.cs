using System;
using System.IO;
using System.Linq;
using System.Threading;
using Kml.Model;
using Kml.Training.Losses;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Optimisation;

public sealed class CheckpointTests : IDisposable
{
    private static readonly FitOptions Quick = new() { Console = null, MaxEpochs = 8, LearningRate = 0.01f, Patience = 3 };
    private static readonly Samples Rows = Course.Numbers(1000, 4), Decide = Course.Numbers(300, 4, seed: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-checkpoint").FullName;

    public static TheoryData<string> Ways => ["sgd", "momentum", "adam", "adamw", "steps", "cosine", "plateau", "clip", "int16", "int8", "bfloat16"];

    private string Path => System.IO.Path.Combine(_folder, "fit.checkpoint.safetensors");

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_training_that_is_stopped_anywhere_goes_on_to_the_same_bits(string way)
    {
        FitOptions options = Way(way);
        NetworkFit whole = Whole(options, out int runs);
        whole.Outcome.ShouldNotBe(TrainingOutcome.Cancelled);

        // Stopped twice: within an epoch, and wherever the second one falls; with other numbers of threads.
        FitOptions kept = options with { CheckpointPath = Path };
        NetworkFit first = Stopped(kept with { Threads = 2 }, runs * 2 / 5);
        first.Outcome.ShouldBe(TrainingOutcome.Cancelled);
        first.Epochs.Count.ShouldBeLessThan(whole.Epochs.Count);
        Stopped(kept with { Threads = 1 }, runs / 4).Outcome.ShouldBe(TrainingOutcome.Cancelled);
        NetworkFit last = Train(kept with { Loss = new CutLoss(), Threads = 4 });
        last.Outcome.ShouldBe(whole.Outcome);
        Course.Bits(last).ShouldBe(Course.Bits(whole));
        Outputs(last).ShouldBe(Outputs(whole));

        // What has ended is not trained again.
        NetworkFit again = Train(kept with { Loss = new CutLoss(1) });
        Course.Bits(again).ShouldBe(Course.Bits(whole));
        again.Epochs.ShouldBe(last.Epochs);
    }

    [Fact]
    public void A_training_that_is_killed_goes_on_from_its_last_epoch()
    {
        NetworkFit whole = Whole(Quick, out int runs);
        FitOptions kept = Quick with { CheckpointPath = Path, CheckpointEvery = TimeSpan.Zero, LogPath = System.IO.Path.Combine(_folder, "log.tsv") };
        Should.Throw<OperationCanceledException>(() => Train(kept with { Threads = 1, Loss = new CutLoss(runs * 2 / 3) }));
        File.Exists(Path).ShouldBeTrue();
        Course.Bits(Train(kept with { Loss = new CutLoss() })).ShouldBe(Course.Bits(whole));
        File.ReadAllLines(kept.LogPath!).Length.ShouldBe(whole.Epochs.Count + 1);
    }

    [Fact]
    public void A_cancelled_training_gives_the_best_so_far()
    {
        Whole(Quick, out int runs);
        NetworkFit fit = Stopped(Quick with { Threads = 1 }, runs / 2);
        fit.Outcome.ShouldBe(TrainingOutcome.Cancelled);
        fit.BestEpoch.ShouldBeGreaterThan(0);
        fit.Warnings.ShouldBeEmpty();
        Outputs(fit).Zip(Decide.Labels.ToArray()).Average(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(50);

        using CancellationTokenSource stop = new();
        stop.Cancel();
        new NetworkLearner { Options = Quick }.FitAndReport(Rows, Decide, stop.Token).Epochs.ShouldBeEmpty();
    }

    [Fact]
    public void A_byte_that_is_not_as_it_was_written_is_noticed_and_the_file_left_alone()
    {
        FitOptions small = Quick with { MaxEpochs = 1, CheckpointPath = Path };
        NetworkLearner learner = new() { Hidden = [2], Options = small };
        learner.Fit(Rows);
        byte[] bytes = File.ReadAllBytes(Path);
        Random random = new(1);
        for (int at = 0; at < bytes.Length; at += 3)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= (byte)(1 << random.Next(8));
            Refused(learner, damaged);
        }

        for (int length = 0; length < bytes.Length; length += 97)
            Refused(learner, bytes[..length]).ShouldContain("damaged");
        Refused(learner, [.. bytes, 0]).ShouldContain("damaged");

        File.WriteAllBytes(Path, bytes);
        learner.Fit(Rows);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_any_more_costs_no_result()
    {
        // While training runs, a folder takes the place of the file.
        using CancellationTokenSource midway = new();
        midway.Token.Register(() =>
        {
            File.Delete(Path);
            Directory.CreateDirectory(Path);
        });
        Whole(Quick, out int runs);
        NetworkFit fit = Train(Quick with { CheckpointPath = Path, Loss = new CutLoss(runs * 3 / 4, midway) });
        Directory.Exists(Path).ShouldBeTrue();
        fit.BestEpoch.ShouldBeGreaterThan(0);
        fit.Warnings.ShouldContain(w => w.Kind == TrainingWarningKind.CheckpointNotWritten && w.Message.Contains("cannot be written"));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_with_what_differs()
    {
        FitOptions kept = Quick with { MaxEpochs = 2, CheckpointPath = Path };
        NetworkLearner learner = new() { Options = kept };
        learner.Fit(Rows, Decide);
        byte[] bytes = File.ReadAllBytes(Path);

        Refused(learner with { Hidden = [17] }, bytes).ShouldContain("is of a training for another network or loss");
        Refused(learner with { Options = kept with { Loss = new QuantileLoss(0.9) } }, bytes).ShouldContain("another network or loss");
        FitOptions[] others =
        [
            kept with { Seed = 2 },
            kept with { Optimiser = new Sgd() },
            kept with { Optimiser = new Adam(Beta1: 0.8) },
            kept with { Schedule = new CosineSchedule() },
            kept with { BatchRows = 255 },
            kept with { Clip = new GradientClip(1) },
            kept with { LearningRate = 0.011f },
        ];
        foreach (FitOptions other in others)
            Refused(learner with { Options = other }, bytes).ShouldContain("is of a training for other options");
        Should.Throw<TrainingException>(() => learner.Fit(Decide, Decide)).Message.ShouldContain("is of a training on other rows");
        Should.Throw<TrainingException>(() => learner.Fit(Rows)).Message.ShouldContain("on other rows");
        Refused(learner, new WeightsFile([], [WeightsTensor.Of("w", new float[3], 3)]).ToBytes())
            .ShouldContain("is none: it holds something else. Choose another path");
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_said_so()
    {
        string file = System.IO.Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        NetworkLearner learner = new() { Options = Quick with { MaxEpochs = 1, CheckpointPath = System.IO.Path.Combine(file, "under") } };
        Should.Throw<TrainingException>(() => learner.Fit(Rows)).Message.ShouldContain("cannot be written");
    }

    private static NetworkFit Train(FitOptions options, CancellationToken cancellation = default) =>
        Course.Learner(options, Course.Wide).FitAndReport(Rows, Decide, cancellation);

    private static NetworkFit Whole(FitOptions options, out int runs)
    {
        CutLoss loss = new();
        NetworkFit fit = Train(options with { Loss = loss, Threads = 1 });
        runs = loss.Runs;
        return fit;
    }

    private static NetworkFit Stopped(FitOptions options, int at)
    {
        using CancellationTokenSource stop = new();
        return Train(options with { Loss = new CutLoss(at, stop) }, stop.Token);
    }

    private static float[] Outputs(NetworkFit fit) => Learners.LearnerCase.Predict(fit.Predictor, Decide);

    private static FitOptions Way(string way) => way switch
    {
        "sgd" => Quick with { Optimiser = new Sgd(), LearningRate = 0.05f },
        "momentum" => Quick with { Optimiser = new Sgd(0.9, Nesterov: true, WeightDecay: 1e-3) },
        "adam" => Quick with { Optimiser = new Adam() },
        "adamw" => Quick with { Optimiser = new AdamW(), BatchRows = 200 },
        "steps" => Quick with { Schedule = new StepSchedule(2) },
        "cosine" => Quick with { Schedule = new CosineSchedule(1) },
        "plateau" => Quick with { Schedule = new PlateauSchedule(1), LearningRate = 0.1f, MaxEpochs = 12 },
        "clip" => Quick with { Clip = new GradientClip(0.1, 0.05) },
        "int16" => Quick with { Precision = TrainingPrecision.Int16 },
        "int8" => Quick with { Precision = TrainingPrecision.Int8 },
        _ => Quick with { Precision = TrainingPrecision.BFloat16 },
    };

    private string Refused(NetworkLearner learner, byte[] content)
    {
        File.WriteAllBytes(Path, content);
        string message = Should.Throw<TrainingException>(() => learner.Fit(Rows, Decide)).Message;
        message.ShouldContain(Path);
        File.ReadAllBytes(Path).ShouldBe(content);
        return message;
    }
}
