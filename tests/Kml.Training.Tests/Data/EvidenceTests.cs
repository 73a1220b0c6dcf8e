using System;
using System.Buffers.Binary;
using System.Linq;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class EvidenceTests
{
    private const uint FivePercent = 65536 * 5 / 100;

    [Theory]
    [InlineData(0, 65536u, 1, 1)]
    [InlineData(RecordHeader.Predicted | RecordHeader.WouldAct, 65536u, 1, 1)]
    [InlineData(RecordHeader.Acted | RecordHeader.WouldAct, FivePercent, 0, 0)]
    [InlineData(RecordHeader.HeldOut | RecordHeader.WouldAct, FivePercent, 65536.0 / FivePercent, 65536.0 / FivePercent)]
    [InlineData(RecordHeader.HeldOut, FivePercent, 1, 65536.0 / FivePercent)]
    [InlineData(0, FivePercent, 1, 0)]
    [InlineData(RecordHeader.WouldAct, FivePercent, 0, 0)]
    [InlineData(RecordHeader.HeldOut | RecordHeader.WouldAct, 65536u, 1, 1)]
    public void A_record_counts_for_those_that_it_stands_for(int flags, uint inclusion, double learning, double evaluation)
    {
        byte[] record = Header(7, flags, inclusion);
        Evidence.Weight(record, EvidenceUse.Learning).ShouldBe((float)learning);
        Evidence.Weight(record, EvidenceUse.Evaluation).ShouldBe((float)evaluation);
    }

    [Theory]
    [InlineData(0, 0u, "Record 7 has inclusion probability 0")]
    [InlineData(0, 65537u, "Record 7 has inclusion probability 65537")]
    [InlineData(RecordHeader.Acted, 65536u, "Record 7 was acted on, and its inclusion probability says that none was")]
    [InlineData(RecordHeader.Acted | RecordHeader.HeldOut, FivePercent, "Record 7 is both acted on and held out")]
    public void A_record_that_contradicts_itself_is_named(int flags, uint inclusion, string message) =>
        Should.Throw<TrainingException>(() => Evidence.Weight(Header(7, flags, inclusion), EvidenceUse.Learning)).Message.ShouldStartWith(message);

    [Fact]
    public void Weighted_means_estimate_what_would_be_had_nobody_acted() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(1, 3),
            Prop.ForAll(
                Gen.Choose(10, 60)
                    .SelectMany(holdout => Gen.Choose(10, 90), (holdout, wish) => (Holdout: holdout, Wish: wish))
                    .SelectMany(x => Gen.Choose(0, 1 << 30), (x, seed) => (x.Holdout, x.Wish, Seed: seed))
                    .ToArbitrary(),
                x => Survivors(x.Holdout, x.Wish, new Randomness((ulong)x.Seed))));

    [Fact]
    public void Rows_become_samples_with_device_time_and_weight()
    {
        RecordSet records = SyntheticRecords.Wait(300, flags: i => (i % 4) switch
        {
            0 => RecordHeader.Acted | RecordHeader.WouldAct,
            1 => RecordHeader.HeldOut | RecordHeader.WouldAct,
            2 => RecordHeader.HeldOut,
            _ => 0,
        });
        Dataset rows = Dataset.Read<WaitModel>(records);
        Samples samples = rows.ToSamples();
        samples.Count.ShouldBe(225);
        samples.Names.ShouldBe(["x0", "x1", "x2", "x3"]);
        samples.Classes.ShouldBe(0);
        for (int row = 0; row < samples.Count; row++)
        {
            samples.Column(1)[row].ShouldBe(rows.Feature(row, 1));
            samples.Labels[row].ShouldBe(rows.Label(row));
            samples.Times[row].ShouldBe(records.Time(rows.Record(row)));
            samples.Groups[row].ShouldBe(0);
            samples.Weights[row].ShouldBe(rows.Record(row) % 4 == 1 ? 65536f / (65536 / 20) : 1f);
        }

        Samples verdicts = rows.ToSamples(EvidenceUse.Evaluation, verdicts: true);
        verdicts.Classes.ShouldBe(2);
        verdicts.Count.ShouldBe(225);
        verdicts.Labels.ToArray().Sum().ShouldBe(Enumerable.Range(0, rows.Count).Count(rows.Verdict));
        Should.Throw<TrainingException>(() => Dataset.Read<SizeModel>(SyntheticRecords.Size(10)).ToSamples(verdicts: true))
            .Message.ShouldContain("'size' has no verdict");
    }

    [Fact]
    public void Training_learns_from_what_was_left_alone_and_measures_on_what_was_held_out()
    {
        // Of four: acted on, not wished for, held out with and without a wish.
        RecordSet records = SyntheticRecords.Wait(2000, flags: i => (i % 4) switch
        {
            0 => RecordHeader.Acted | RecordHeader.WouldAct,
            1 => RecordHeader.HeldOut | RecordHeader.WouldAct,
            2 => RecordHeader.HeldOut,
            _ => 0,
        });
        Acting(records);
        TrainingResult result = Trainer.Train<WaitModel>(records, new TrainingOptions { Console = null, MaxEpochs = 2 });
        Dataset test = result.Test;
        int heldOut = Enumerable.Range(0, test.Count).Count(row => (records.Flags(test.Record(row)) & RecordHeader.HeldOut) != 0);
        heldOut.ShouldBeInRange(1, test.Count - 1);
        result.Float.Rows.ShouldBe(heldOut);
        (result.Float.Verdict!.Total + result.Float.Faulted).ShouldBe(heldOut);

        RecordSet none = SyntheticRecords.Wait(400);
        Acting(none);
        Should.Throw<TrainingException>(() => Trainer.Train<WaitModel>(none, new TrainingOptions { Console = null }))
            .Message.ShouldStartWith("None of the 60 test rows was held out while the policy acted");
    }

    /// <summary>
    /// Requests whose label goes with the policy's wish, some of which cannot be raised; what survives must weigh as much as all of them, and have their mean.
    /// </summary>
    private static bool Survivors(int holdout, int wish, Randomness random)
    {
        const int Count = 40_000;
        double truth = 0, variance = 0;
        double[] weights = new double[2], sums = new double[2];
        uint inclusion = (uint)holdout * 65536 / 100;
        for (int i = 0; i < Count; i++)
        {
            bool wouldAct = random.Below(100) < wish, heldOut = random.Below(100) < holdout, futile = random.Below(4) == 0;
            double label = (wouldAct ? 5 : 1) + (futile ? 3 : 0) + random.Symmetric();
            truth += label / Count;
            variance += label * label * 100 / holdout;
            int flags = (wouldAct ? RecordHeader.WouldAct : 0)
                | (heldOut ? RecordHeader.HeldOut : 0)
                | (wouldAct && !heldOut && !futile ? RecordHeader.Acted : 0);
            foreach (EvidenceUse use in Enum.GetValues<EvidenceUse>())
            {
                float weight = Evidence.Weight(Header((ulong)i, flags, inclusion), use);
                weights[(int)use] += weight;
                sums[(int)use] += weight * label;
            }
        }

        // Six standard errors of the sum (an upper bound); the share of a record is rounded down to 1/65536.
        double tolerance = (6 * Math.Sqrt(variance) / Count) + (truth * 1e-3);
        return sums.Zip(weights).All(x => Math.Abs((x.First / Count) - truth) < tolerance && Math.Abs((x.First / x.Second) - truth) < tolerance);
    }

    /// <summary>Makes records those of a module that acts.</summary>
    private static void Acting(RecordSet records)
    {
        for (int i = 0; i < records.Count; i++)
        {
            Span<byte> record = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(records[i]), records.Layout.Size);
            BinaryPrimitives.WriteUInt32LittleEndian(record[RecordHeader.InclusionOffset..], FivePercent);
        }
    }

    private static byte[] Header(ulong sequence, int flags, uint inclusion)
    {
        byte[] record = new byte[RecordHeader.Size];
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(RecordHeader.SequenceOffset), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(RecordHeader.InclusionOffset), inclusion);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(RecordHeader.FlagsOffset), (ushort)flags);
        return record;
    }
}
