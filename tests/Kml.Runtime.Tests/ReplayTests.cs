using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

public class ReplayTests
{
    // The float network is 3 * waiting + 10 * sectors, exact in floats; the twin is made to answer the same at these sizes.
    private const uint Waiting = 40;
    private const uint Sectors = 200;
    private const int Expected = (3 * (int)Waiting) + (10 * (int)Sectors);

    public static TheoryData<int, string> Tampered => new()
    {
        { Waits.Layout.FeaturesOffset + 4, "feature 1 is 201 in the kernel, 200 in C#" },
        { RecordHeader.PredictionOffset, "the prediction (Float) is 2121 in the kernel, 2120 in C#" },
        { RecordHeader.LabelOffset, "the label is 1501 in the kernel, 1500 in C#" },
        { RecordHeader.WeightsVersionOffset, "the kernel predicted with weights version 8; the replay was given version 9" },
    };

    public static TheoryData<RecordFlags, string> Flipped => new()
    {
        { RecordFlags.Verdict, "the verdict on the prediction is no in the kernel, yes in C#" },
        { RecordFlags.LabelVerdict, "the verdict on the label is no in the kernel, yes in C#" },
        { RecordFlags.WouldAct, "the policy's wish to act is no in the kernel, yes in C#" },
    };

    public static TheoryData<int, ReplayedMethod?> Methods => new()
    {
        { Waits.Layout.FeaturesOffset, ReplayedMethod.Features },
        { RecordHeader.PredictionOffset, null },
        { RecordHeader.LabelOffset, ReplayedMethod.Label },
    };

    [Theory]
    [InlineData(PredictionFormat.Float)]
    [InlineData(PredictionFormat.Integer)]
    public void A_record_as_the_kernel_makes_it_is_equal(PredictionFormat format)
    {
        Replayer<Waits> replayer = new(Weights());
        replayer.Add(Record(format)).ShouldBeTrue(replayer.Report.FirstDifference);
        bool isFloat = format == PredictionFormat.Float;
        replayer.Report.ShouldBe(new ReplayReport(1, isFloat ? 1 : 0, isFloat ? 0 : 1, 1, 1, 0, null));
    }

    [Theory]
    [MemberData(nameof(Tampered))]
    public void One_bit_anywhere_is_a_difference_that_is_named(int offset, string difference)
    {
        byte[] record = Record(PredictionFormat.Float);
        record[offset] ^= 1;
        Refuses(new Replayer<Waits>(Weights()), record, difference);
    }

    [Theory]
    [MemberData(nameof(Flipped))]
    public void A_verdict_or_wish_that_differs_is_named(RecordFlags flag, string difference)
    {
        byte[] record = Record(PredictionFormat.Float);
        record[RecordHeader.FlagsOffset] ^= (byte)flag;
        Refuses(new Replayer<Waits>(Weights()), record, difference);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_difference_names_the_method_that_gave_it_and_goes_with_the_next_record(int offset, ReplayedMethod? method)
    {
        byte[] record = Record(PredictionFormat.Float);
        record[offset] ^= 1;
        Replayer<Waits> replayer = new(Weights());
        replayer.Add(record);
        replayer.Difference.ShouldNotBeNull().Method.ShouldBe(method);
        replayer.Report.FirstDifference.ShouldEndWith(replayer.Difference.Words);
        replayer.Add(Record(PredictionFormat.Float));
        replayer.Difference.ShouldBeNull();
    }

    [Theory]
    [InlineData(RecordFlags.Verdict, ReplayedMethod.PredictionVerdict)]
    [InlineData(RecordFlags.LabelVerdict, ReplayedMethod.LabelVerdict)]
    [InlineData(RecordFlags.WouldAct, ReplayedMethod.Policy)]
    public void A_flag_that_differs_names_its_method(RecordFlags flag, ReplayedMethod method)
    {
        byte[] record = Record(PredictionFormat.Float);
        record[RecordHeader.FlagsOffset] ^= (byte)flag;
        Replayer<Waits> replayer = new(Weights());
        replayer.Add(record);
        replayer.Difference.ShouldNotBeNull().Method.ShouldBe(method);
    }

    [Fact]
    public void State_and_events_are_what_is_replayed()
    {
        byte[] record = Record(PredictionFormat.Integer);
        record[Waits.Layout.StateOffset]++;
        Refuses(new Replayer<Waits>(Weights()), record, "feature 0 is 40 in the kernel, 41 in C#");
    }

    [Fact]
    public void A_format_without_an_engine_is_a_difference()
    {
        byte[] record = Record(PredictionFormat.Float);
        record[RecordHeader.FormatOffset] = 3;
        Refuses(new Replayer<Waits>(Weights()), record, "it was predicted in format 3, of which this model has no engine");
    }

    [Fact]
    public void Without_weights_labels_are_compared_and_a_prediction_is_a_difference()
    {
        byte[] record = Record(PredictionFormat.Float);
        Refuses(new Replayer<Waits>(null), record, "the kernel predicted, with weights version 9; the replay was given no weights");
        record[RecordHeader.FlagsOffset] = (byte)(RecordFlags.LabelValid | RecordFlags.LabelVerdict);
        Replayer<Waits> replayer = new(null);
        replayer.Add(record).ShouldBeTrue();
        replayer.Report.ShouldBe(new ReplayReport(1, 0, 0, 1, 1, 0, null));
    }

    [Fact]
    public void Only_the_first_difference_is_kept_and_records_with_nothing_in_them_are_not_compared()
    {
        Replayer<Waits> replayer = new(Weights());
        byte[] empty = Record(PredictionFormat.Float);
        empty[RecordHeader.FlagsOffset] = 0;
        replayer.Add(empty).ShouldBeTrue();
        foreach (int offset in new[] { RecordHeader.LabelOffset, RecordHeader.PredictionOffset })
        {
            byte[] record = Record(PredictionFormat.Float);
            record[offset] ^= 1;
            replayer.Add(record).ShouldBeFalse();
        }

        ReplayReport report = replayer.Report;
        (report.Records, report.Equal, report.Different).ShouldBe((3, 0, 2));
        report.FirstDifference.ShouldBe("record 1 (number 17 of its CPU, device 254:16): the label is 1501 in the kernel, 1500 in C#");
    }

    [Fact]
    public void Weights_of_another_model_and_bytes_of_another_size_are_refused()
    {
        WeightsFile good = Weights();
        WeightsFile other = new(
            good.Metadata.Select(m => m.Key == WeightsFile.FingerprintKey ? KeyValuePair.Create(m.Key, new string('0', 64)) : m), good.Tensors);
        Should.Throw<ArgumentException>(() => new Replayer<Waits>(other)).Message.ShouldContain("0000");
        Should.Throw<ArgumentException>(() => new Replayer<Waits>(good).Add(new byte[128]))
            .Message.ShouldContain("A record of 'waits' has 192 bytes, not 128.");
    }

    private static void Refuses(Replayer<Waits> replayer, byte[] record, string difference)
    {
        replayer.Add(record).ShouldBeFalse();
        replayer.Report.Different.ShouldBe(1);
        replayer.Report.Equal.ShouldBe(0);
        replayer.Report.FirstDifference.ShouldNotBeNull().ShouldEndWith(": " + difference);
    }

    private static byte[] Record(PredictionFormat format)
    {
        RecordLayout layout = Waits.Layout;
        byte[] record = new byte[layout.Size];
        Span<byte> bytes = record;
        MemoryMarshal.Write(bytes[RecordHeader.SequenceOffset..], 17UL);
        MemoryMarshal.Write(bytes[RecordHeader.WeightsVersionOffset..], 9);
        MemoryMarshal.Write(bytes[RecordHeader.DeviceOffset..], (254 << 20) | 16);
        MemoryMarshal.Write(bytes[RecordHeader.PredictionOffset..], Expected);
        MemoryMarshal.Write(bytes[RecordHeader.LabelOffset..], 1500);
        MemoryMarshal.Write(
            bytes[RecordHeader.FlagsOffset..],
            RecordFlags.Predicted | RecordFlags.LabelValid | RecordFlags.Verdict | RecordFlags.LabelVerdict | RecordFlags.WouldAct);
        bytes[RecordHeader.FormatOffset] = (byte)format;
        MemoryMarshal.Write(bytes[layout.FeaturesOffset..], Waiting);
        MemoryMarshal.Write(bytes[(layout.FeaturesOffset + 4)..], Sectors);
        MemoryMarshal.Write(bytes[layout.FromOffset..], new BioQueue { TimeNs = 1_000_000, Sectors = Sectors });
        MemoryMarshal.Write(bytes[layout.ToOffset..], new BlockIssue { TimeNs = 2_500_000 });
        MemoryMarshal.Write(bytes[layout.StateOffset..], Waiting);
        return record;
    }

    private static WeightsFile Weights()
    {
        ModelSpec model = Waits.Spec();
        Affine[] identity = [new(0, 1, 0), new(0, 1, 0)];
        ProgramWeights weights = new(
            [0f, 0f],
            [1f, 1f],
            [new LayerWeights([3f, 10f], [0f])],
            1f,
            0f,
            new IntegerWeights(identity, [new IntegerLayerWeights([3, 10], [0], [new Affine(0, 1, 0)])], null));
        return new WeightsFile(
            new Dictionary<string, string>
            {
                [WeightsFile.ModelKey] = model.Name,
                [WeightsFile.FingerprintKey] = ModelText.Fingerprint(model),
                [WeightsFile.VersionKey] = "9",
                [WeightsFile.ToolKey] = "tests",
            },
            [
                .. ProgramTensors.Write(ProgramShape.Of(model), weights),
                WeightsTensor.Of(WeightsNames.GoldenFrom, new byte[48], 1, 48),
                WeightsTensor.Of(WeightsNames.GoldenState, new byte[16], 1, 16),
                WeightsTensor.Of(WeightsNames.GoldenFeatures, new int[2], 1, 2),
                WeightsTensor.Of(WeightsNames.GoldenFloat, new int[1], 1),
                WeightsTensor.Of(WeightsNames.GoldenInteger, new int[1], 1),
            ]);
    }
}
