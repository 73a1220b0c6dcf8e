using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Kml.TestSupport;
using Kml.Training.Adapting;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Online;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class OnlineTrainerTests
{
    private static readonly OnlineOptions Classifier = new(NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Tanh), new DenseLayer(2, Nonlinearity.Identity)), new CrossEntropyLoss())
    {
        CpuShare = 1,
        Mode = IntakeMode.Blocking,
        Names = ["depth", "age"],
        WarmUpRows = 512,
    };

    [Fact]
    public void Every_record_is_taken_and_the_same_records_give_the_same_models()
    {
        (List<Publication> first, OnlineStatus status) = Learn(Classifier, 40_000);
        (List<Publication> second, _) = Learn(Classifier, 40_000);
        (status.Offered, status.Taken, status.Dropped, status.Waiting).ShouldBe((40_000, 40_000, 0, 0));
        status.Published.ShouldBe(first.Count);
        status.Published.ShouldBeGreaterThan(0);
        status.TrainedRows.ShouldBe(status.Steps * 64);
        status.Steps.ShouldBe((40_000 - status.HeldBack - 512) / 32);
        ((double)status.HeldBack).ShouldBe(4000, 300);
        status.Failure.ShouldBeNull();

        Samples test = Rows(2000, 99, shifted: false);
        second.Select(p => (p.Number, p.Loss, p.Gain, p.StandardError)).ShouldBe(first.Select(p => (p.Number, p.Loss, p.Gain, p.StandardError)));
        Outputs(second[^1].Predictor, test).ShouldBe(Outputs(first[^1].Predictor, test));
        Evaluation.RowOf("online", first[^1].Predictor, test).Class!.Accuracy.ShouldBeGreaterThan(0.95);
        first[^1].Predictor.SizeBytes.ShouldBe(4 * ((2 * 8) + 8 + (8 * 2) + 2 + 4));
    }

    [Fact]
    public void Each_published_model_beats_the_one_before_by_more_than_its_standard_error()
    {
        (List<Publication> published, _) = Learn(Classifier with { HeldBackShare = 0.5 }, 60_000);
        published.ShouldAllBe(p => p.Gain > p.StandardError && p.StandardError > 0);
        published.Select(p => p.Number).ShouldBe(Enumerable.Range(1, published.Count).Select(i => (long)i));
    }

    [Fact]
    public void Where_there_is_nothing_to_learn_hardly_anything_is_published()
    {
        Randomness random = new(5);
        using OnlineTrainer trainer = new(Classifier with { HeldBackShare = 0.5 });
        for (int i = 0; i < 60_000; i++)
            trainer.Intakes[0].Offer([random.Symmetric(), random.Symmetric()], random.Below(2)).ShouldBe(OfferResult.Accepted);
        trainer.Complete();

        // The first weights say more than there is to say; what comes after is noise.
        trainer.Status.Published.ShouldBeLessThanOrEqualTo(4);
        trainer.Status.Rejected.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public void It_goes_on_from_the_model_that_runs()
    {
        NetworkPredictor running = Learn(Classifier, 40_000).Published[^1].Predictor;
        OnlineOptions options = Classifier with { Running = running, HeldBackShare = 0.5 };
        using (OnlineTrainer idle = new(options))
            idle.Current.ShouldBe(running);

        // Before it could have learned as much from nothing: after the first comparison, of 512 records.
        OnlineStatus early = Learn(options, 1400).Status;
        early.RunningLoss.ShouldBeLessThan(0.2);
        Samples test = Rows(2000, 99, shifted: true);
        NetworkPredictor adapted = Learn(options, 60_000, shiftAt: 0).Published[^1].Predictor;
        Evaluation.RowOf("adapted", adapted, test).Class!.Accuracy.ShouldBeGreaterThan(0.95);
        Evaluation.RowOf("running", running, test).Class!.Accuracy.ShouldBeLessThan(0.05);
        Refused(options with { Form = NetworkForm.Of(2, new DenseLayer(2, Nonlinearity.Identity)) }).ShouldStartWith("The model that runs is another network");
    }

    [Fact]
    public void Numbers_are_predicted_in_their_unit()
    {
        OnlineOptions options = Classifier with { Form = NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Tanh), new DenseLayer(1, Nonlinearity.Identity)), Loss = new SquaredLoss(), LearningRate = 0.01 };
        Randomness random = new(5);
        using OnlineTrainer trainer = new(options);
        for (int i = 0; i < 60_000; i++)
        {
            float a = random.Symmetric(), b = random.Symmetric();
            trainer.Intakes[0].Offer([a, b], Value(a, b));
        }

        trainer.Complete();
        float[] features = [.. Enumerable.Range(0, 2 * 150).Select(_ => random.Symmetric())];
        Samples test = new(["a", "b"], features, [.. Enumerable.Range(0, 150).Select(row => Value(features[row], features[150 + row]))], 0);
        Evaluation.RowOf("online", trainer.Current!, test).Regression!.MeanAbsoluteError.ShouldBeLessThan(100);

        static float Value(float a, float b) => 5000 + (2000 * a) - (1000 * b);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    public void What_a_record_counts_for_holds_for_what_is_learned_again_too(int megabytes)
    {
        // A twentieth stands for 19 each, so that their weighted mean is 0.5, which warming up finds: there is nothing to learn. That of unweighted rows is 0.05.
        using OnlineTrainer trainer = new(Classifier with { Form = NetworkForm.Of(1, new DenseLayer(1, Nonlinearity.Identity)), Loss = new SquaredLoss(), Names = null, Megabytes = megabytes });
        Randomness random = new(3);
        for (int i = 0; i < 60_000; i++)
        {
            bool rare = random.Below(20) == 0;
            trainer.Intakes[0].Offer([0], rare ? 1 : 0, rare ? 19 : 1).ShouldBe(OfferResult.Accepted);
        }

        trainer.Complete();
        trainer.Status.CandidateLoss.ShouldBeLessThan(trainer.Status.RunningLoss * 1.05);
    }

    [Fact]
    public void Drift_makes_it_forget_and_it_learns_what_is_new()
    {
        AlarmAt alarm = new(200);
        (List<Publication> published, OnlineStatus status) = Learn(Classifier with { Drift = alarm, HeldBackShare = 0.5 }, 60_000, shiftAt: 25_600);
        status.Drifts.ShouldBe(1);
        alarm.Seen.ShouldAllBe(v => v > 0);
        Evaluation.RowOf("online", published[^1].Predictor, Rows(2000, 99, shifted: true)).Class!.Accuracy.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void A_candidate_that_diverges_is_thrown_away_and_the_rate_is_halved()
    {
        (_, OnlineStatus status) = Learn(Classifier with { LearningRate = 1e30, Optimiser = new Sgd() }, 20_000);
        status.Restored.ShouldBeGreaterThan(0);
        status.Failure.ShouldBeNull();
    }

    [Fact]
    public void What_says_nothing_is_left_out_and_what_is_wrong_is_refused_by_name()
    {
        using OnlineTrainer trainer = new(Classifier);
        Intake intake = trainer.Intakes[0];
        intake.Offer([1, 2], 1, 0).ShouldBe(OfferResult.NoEvidence);
        intake.Offer([float.NaN, 2], 1).ShouldBe(OfferResult.Refused);
        intake.Offer([1, float.PositiveInfinity], 1).ShouldBe(OfferResult.Refused);
        intake.Offer([1, float.NegativeInfinity], 1).ShouldBe(OfferResult.Refused);
        intake.Offer([1, 2], 2).ShouldBe(OfferResult.Refused);
        intake.Offer([1, 2], 0.5f).ShouldBe(OfferResult.Refused);
        intake.Offer([1, 2], 1, -1).ShouldBe(OfferResult.Refused);
        intake.Offer([1, 2], 1, float.PositiveInfinity).ShouldBe(OfferResult.Refused);
        intake.Offer([1, 2], 1).ShouldBe(OfferResult.Accepted);
        Should.Throw<ArgumentException>(() => intake.Offer([1], 1));
        trainer.Complete();
        intake.Offer([1, 2], 1).ShouldBe(OfferResult.Stopped);
        OnlineStatus status = trainer.Status;
        (status.Offered, status.Taken, status.NoEvidence).ShouldBe((1, 1, 1));
        status.Refused.OrderBy(r => r.Key).ShouldBe([new("age", 2), new("depth", 1), new("label", 2), new("weight", 2)]);
    }

    [Fact]
    public void Any_position_of_a_number_that_is_none_is_found() =>
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(Gen.Choose(1, 40).SelectMany(width => Gen.Choose(0, width - 1), (width, at) => (width, at)).ToArbitrary(), x =>
            {
                Intake intake = new(new RecordRing(16, x.width + 2, blocking: false), x.width, 0, []);
                float[] features = [.. Enumerable.Repeat(float.MaxValue, x.width)];
                intake.Offer(features, -5).ShouldBe(OfferResult.Accepted);
                features[x.at] = x.at % 2 == 0 ? float.NaN : float.NegativeInfinity;
                intake.Offer(features, -5).ShouldBe(OfferResult.Refused);
                intake.RefusedFor(x.at).ShouldBe(1);
                return true;
            }));

    [Fact]
    public void Records_of_a_module_are_handed_in_as_evidence_allows()
    {
        // As many as in the test of datasets: a tenth acted on, sectors of 0 fault, of 1 give a feature that is not finite, right before one that was acted on.
        RecordSet records = SyntheticRecords.Wait(1000, sectors: i => (uint)(i % 100 < 3 ? 0 : i % 100 == 58 ? 1 : 8), flags: i => i % 10 == 9 ? RecordHeader.Acted : 0);
        using OnlineTrainer trainer = new(Classifier with { Form = NetworkForm.Of(4, new DenseLayer(2, Nonlinearity.Identity)), Names = null });
        RecordIntake<WaitModel> intake = new(trainer.Intakes[0], verdicts: true);
        for (int i = 0; i < 1000; i++)
            intake.Offer(records[i]);
        int more = 0;
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            for (int i = 0; i < 100; i++)
                intake.Offer(records[5]);
            more += 100;
        });
        trainer.Complete();
        intake.Faulted.ShouldBe(30);
        OnlineStatus status = trainer.Status;
        (status.Offered, status.NoEvidence, status.Refused.Values.Sum()).ShouldBe((860 + more, 100, 10));
        status.Refused.Keys.ShouldBe(["x0"]);
        Should.Throw<TrainingException>(() => intake.Offer(new byte[10])).Message.ShouldStartWith("A record of 'wait' has");
        Should.Throw<TrainingException>(() => new RecordIntake<SizeModel>(trainer.Intakes[0], verdicts: true)).Message.ShouldContain("has no verdict");
    }

    [Fact]
    public void An_index_that_is_none_is_refused()
    {
        OnlineOptions options = Classifier with { Form = NetworkForm.Of(2, new EmbeddingLayer(0, 5, 3), new DenseLayer(2, Nonlinearity.Identity)) };
        using OnlineTrainer trainer = new(options);
        trainer.Intakes[0].Offer([4, 0.5f], 1).ShouldBe(OfferResult.Accepted);
        trainer.Intakes[0].Offer([5, 0.5f], 1).ShouldBe(OfferResult.Refused);
        trainer.Intakes[0].Offer([1.5f, 0.5f], 1).ShouldBe(OfferResult.Refused);
        trainer.Complete();
        trainer.Status.Refused.ShouldBe([new("depth", 2)]);
    }

    [Fact]
    public void An_offer_allocates_nothing_and_neither_does_learning()
    {
        using OnlineLearning learning = new(Classifier);
        Intake intake = new(new RecordRing(64, 4, blocking: false), 2, 2, []);
        Randomness random = new(1);
        float[] features = new float[2];
        float[] record = new float[4];
        AllocationRounds.ShouldAllocateNothing(() => Offer(20_000));
        learning.Counts.Steps.ShouldBeGreaterThan(500);

        void Offer(int count)
        {
            for (int i = 0; i < count; i++)
            {
                features[0] = random.Symmetric();
                features[1] = random.Symmetric();
                intake.Offer(features, 1);

                // Nothing to learn, so that nothing new is published.
                (record[0], record[1], record[2], record[3]) = (features[0], features[1], random.Below(2), 1);
                learning.Take(record);
            }
        }
    }

    [Fact]
    public void Several_producers_have_an_intake_each_and_all_is_counted()
    {
        using OnlineTrainer trainer = new(Classifier with { Producers = 3, Mode = IntakeMode.Dropping });
        Thread[] producers = [.. trainer.Intakes.Select((intake, p) => new Thread(() =>
        {
            Randomness random = new((ulong)p);
            for (int i = 0; i < 100_000; i++)
                intake.Offer([random.Symmetric(), random.Symmetric()], random.Below(2));
        }))];
        foreach (Thread producer in producers)
            producer.Start();
        foreach (Thread producer in producers)
            Hang.Join("a producer offers its records", producer);
        trainer.Complete();
        OnlineStatus status = trainer.Status;
        status.Offered.ShouldBe(300_000);
        (status.Taken + status.Dropped).ShouldBe(300_000);
        status.Waiting.ShouldBe(0);
        status.Taken.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_producer_that_waits_is_let_go_and_what_was_not_read_is_said()
    {
        using ManualResetEventSlim published = new(), release = new();
        OnlineTrainer trainer = new(Classifier with { Megabytes = 2 });
        trainer.Published += _ =>
        {
            published.Set();
            Hang.Until("the test releases the handler", release);
        };
        OfferResult last = OfferResult.Accepted;
        Thread producer = new(() =>
        {
            Randomness random = new(1);
            while (last == OfferResult.Accepted)
                last = Offer(trainer.Intakes[0], random, shifted: false);
        });
        producer.Start();
        Hang.Until("a model is published", published);

        // The trainer's thread is in the handler: the ring fills up.
        Hang.Until("the ring is full", () => trainer.Status.Waiting == trainer.Intakes[0].Ring.Capacity);
        Thread disposer = new(trainer.Dispose);
        disposer.Start();
        Hang.Join("the producer is let go", producer);
        last.ShouldBe(OfferResult.Stopped);
        release.Set();
        Hang.Join("the trainer ends", disposer);
        OnlineStatus status = trainer.Status;
        status.Waiting.ShouldBeGreaterThan(0);
        (status.Taken + status.Dropped + status.Waiting).ShouldBe(status.Offered);
    }

    [Fact]
    public void A_handler_that_fails_ends_training_with_its_reason()
    {
        using OnlineTrainer trainer = new(Classifier);
        trainer.Published += _ => throw new InvalidOperationException("no room for weights");
        Randomness random = new(1);
        while (Offer(trainer.Intakes[0], random, shifted: false) == OfferResult.Accepted)
        {
        }

        Should.Throw<TrainingException>(trainer.Complete).Message.ShouldBe("Training from the stream ended: no room for weights");
        trainer.Status.Failure.ShouldBe("no room for weights");
    }

    [Fact]
    public void Memory_is_planned_within_what_is_allowed()
    {
        foreach (int megabytes in (int[])[2, 3, 8, 64])
        {
            using OnlineTrainer trainer = new(Classifier with { Megabytes = megabytes });
            trainer.Status.Bytes.ShouldBeLessThanOrEqualTo(megabytes << 20);
        }

        NetworkForm large = NetworkForm.Of(2, new DenseLayer(1000, Nonlinearity.Relu), new DenseLayer(1000, Nonlinearity.Relu), new DenseLayer(2, Nonlinearity.Identity));
        Refused(Classifier with { Form = large, Megabytes = 16 }).ShouldStartWith("The network has 1006002 parameters; to train it with 1 intakes takes 26.9 MB at least, and 16 MB are allowed. Allow 27 MB,");
        Refused(Classifier with { Megabytes = 1 }).ShouldContain("and 1 MB are allowed. Allow 2 MB");
    }

    [Theory]
    [InlineData("CpuShare is 0; it must be above 0 and at most 1")]
    [InlineData("Megabytes is 0; it must be at least 1")]
    [InlineData("Producers is 0; it must be 1 to 256")]
    [InlineData("LearningRate is NaN; it must be above 0 and finite")]
    [InlineData("BatchRows is 16; it must be a multiple of 32")]
    [InlineData("HeldBackShare is 1; it must be above 0 and below 1")]
    [InlineData("WarmUpRows is 1; it must be at least 2")]
    [InlineData("There are 1 names for 2 features")]
    [InlineData("The network gives 2 numbers, and SquaredLoss takes one")]
    [InlineData("Margins are no probabilities")]
    public void Options_out_of_range_are_named(string message) =>
        Refused(message.Split(' ')[0] switch
        {
            "CpuShare" => Classifier with { CpuShare = 0 },
            "Megabytes" => Classifier with { Megabytes = 0 },
            "Producers" => Classifier with { Producers = 0 },
            "LearningRate" => Classifier with { LearningRate = double.NaN },
            "BatchRows" => Classifier with { BatchRows = 16 },
            "HeldBackShare" => Classifier with { HeldBackShare = 1 },
            "WarmUpRows" => Classifier with { WarmUpRows = 1 },
            "There" => Classifier with { Names = ["one"] },
            "The" => Classifier with { Loss = new SquaredLoss() },
            _ => Classifier with { Loss = new HingeLoss(), Form = NetworkForm.Of(2, new DenseLayer(1, Nonlinearity.Identity)) },
        }).ShouldContain(message);

    [Fact]
    public void A_paired_test_is_what_its_definition_gives()
    {
        (double Weight, double Running, double Candidate)[] blocks = [(3, 4, 2), (5, 6, 7), (2, 3, 1.5), (4, 4, 3)];
        PairedTest test = default;
        foreach ((double weight, double running, double candidate) in blocks)
            test.Add(weight, running, candidate);
        double total = blocks.Sum(b => b.Weight), gain = blocks.Sum(b => b.Running - b.Candidate) / total;
        test.Running.ShouldBe(17 / 14.0, 1e-12);
        test.Candidate.ShouldBe(13.5 / 14, 1e-12);
        test.Gain.ShouldBe(gain, 1e-12);
        test.StandardError.ShouldBe(Math.Sqrt(blocks.Sum(b => Math.Pow(b.Running - b.Candidate - (gain * b.Weight), 2)) * 4 / 3) / total, 1e-12);
    }

    private static string Refused(OnlineOptions options) => Should.Throw<TrainingException>(() => new OnlineTrainer(options).Dispose()).Message;

    private static (List<Publication> Published, OnlineStatus Status) Learn(OnlineOptions options, int count, int shiftAt = int.MaxValue)
    {
        List<Publication> published = [];
        Randomness random = new(7);
        using OnlineTrainer trainer = new(options);
        trainer.Published += published.Add;
        for (int i = 0; i < count; i++)
            Offer(trainer.Intakes[0], random, i >= shiftAt).ShouldBe(OfferResult.Accepted);
        trainer.Complete();
        if (published.Count > 0)
            trainer.Current.ShouldBe(published[^1].Predictor);
        return (published, trainer.Status);
    }

    private static OfferResult Offer(Intake intake, Randomness random, bool shifted)
    {
        float a = 100 * random.Symmetric(), b = 3 + random.Symmetric();
        return intake.Offer([a, b], Class(a, b, shifted));
    }

    private static float Class(float a, float b, bool shifted) => (a / 100) + b > 3 ^ shifted ? 1 : 0;

    private static Samples Rows(int count, ulong seed, bool shifted)
    {
        Randomness random = new(seed);
        float[] a = [.. Enumerable.Range(0, count).Select(_ => 100 * random.Symmetric())], b = [.. Enumerable.Range(0, count).Select(_ => 3 + random.Symmetric())];
        return new Samples(["depth", "age"], [.. a, .. b], [.. a.Zip(b, (x, y) => Class(x, y, shifted))], 2);
    }

    private static float[] Outputs(IPredictor predictor, Samples rows)
    {
        float[] outputs = new float[rows.Count * 2];
        predictor.Predict(rows.Features, rows.Count, outputs);
        return outputs;
    }

    private sealed class AlarmAt(int count) : IDriftDetector
    {
        public DriftState State => Seen.Count == count ? DriftState.Drift : DriftState.None;

        internal List<double> Seen { get; } = [];

        public DriftState Add(double value, double weight = 1)
        {
            Seen.Add(value);
            return State;
        }

        public void Reset() => Seen.Clear();
    }
}
