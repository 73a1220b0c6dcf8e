using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Kml.TestSupport;
using Kml.Training.Adapting;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Online;
using Kml.Training.Optimisation;
using Shouldly;
using Xunit;
using static Kml.Training.Tests.StreamCases;

namespace Kml.Training.Tests;

public sealed class OnlineTrainerTests
{
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
        OnlineOptions options = Classifier with
        {
            Form = NetworkForm.Of(2, new DenseLayer(8, Nonlinearity.Tanh), new DenseLayer(1, Nonlinearity.Identity)),
            Loss = new SquaredLoss(),
            LearningRate = 0.01,
        };
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
        // A twentieth stands for 19 each, so that their weighted mean is 0.5, which warming up finds: there is nothing to learn. That of unweighted rows is
        // 0.05.
        using OnlineTrainer trainer = new(Classifier with
        {
            Form = NetworkForm.Of(1, new DenseLayer(1, Nonlinearity.Identity)),
            Loss = new SquaredLoss(),
            Names = null,
            Megabytes = megabytes,
        });
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
