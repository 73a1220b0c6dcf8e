using System;
using System.Linq;
using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Kml.TestSupport;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Kml.Training.Online;
using Shouldly;
using Xunit;
using static Kml.Training.Tests.StreamCases;

namespace Kml.Training.Tests;

public sealed class IntakeTests
{
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
        RecordSet records = SyntheticRecords.Wait(
            1000,
            sectors: i => (uint)(i % 100 < 3 ? 0 : i % 100 == 58 ? 1 : 8),
            flags: i => i % 10 == 9 ? RecordHeader.Acted : 0);
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
}
