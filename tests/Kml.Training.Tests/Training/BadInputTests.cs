using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.Model;
using Kml.Training.Losses;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed partial class BadInputTests : IDisposable
{
    private static readonly TrainingOptions Quick = new() { Console = null, MaxEpochs = 2 };

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-bad").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    public void Too_few_rows_are_refused(int count) =>
        Refused(() => Trainer.Train<WaitModel>(SyntheticRecords.Wait(count), Quick))
            .ShouldBe($"{count} usable rows of {count} records: training 'wait' needs at least 128. Collect more records.");

    [Fact]
    public void Rows_left_out_are_counted_by_reason()
    {
        RecordSet records = SyntheticRecords.Wait(
            600,
            sectors: i => (uint)(i % 100 < 3 ? 0 : i % 100 == 50 ? 1 : 8),
            flags: i => i % 50 == 49 ? RecordHeader.Acted : 0);
        TrainingResult result = Trainer.Train<WaitModel>(records, Quick);
        result.Test.Counts.ShouldBe(new RowCounts(600, 564, 18, 6, 12));
        result.Warnings.Single(w => w.Kind == TrainingWarningKind.FaultedRows).Message.ShouldStartWith("18 of 600 records");
        result.Warnings.Single(w => w.Kind == TrainingWarningKind.NonFiniteRows).Message.ShouldStartWith("6 of 600 records");
    }

    [Fact]
    public void Only_faulted_rows_are_refused_with_the_reason() =>
        Refused(() => Trainer.Train<WaitModel>(SyntheticRecords.Wait(200, sectors: _ => 0), Quick))
            .ShouldContain("0 usable rows of 200 records (200 faulted, 0 not finite, 0 acted on)");

    [Fact]
    public void One_class_only_is_refused() =>
        Refused(() => Trainer.Train<SizeModel>(SyntheticRecords.Size(200, constant: 10), Quick)).ShouldStartWith("All 140 training rows are of class 0");

    [Fact]
    public void A_constant_label_is_refused()
    {
        RecordSet records = SyntheticRecords.Wait(200);
        byte[] bytes = [.. Enumerable.Range(0, 200).SelectMany(i => records[i].ToArray())];
        for (int i = 0; i < 200; i++)
        {
            Span<byte> record = bytes.AsSpan(i * records.Layout.Size);
            record.Slice(records.Layout.FromOffset, 8).CopyTo(record[records.Layout.ToOffset..]);
        }

        Refused(() => Trainer.Train<WaitModel>(new RecordSet(records.Model, bytes), Quick)).ShouldContain("nothing to learn");
    }

    [Fact]
    public void A_class_without_rows_and_a_constant_feature_are_named()
    {
        RecordSet records = SyntheticRecords.Wait(200);
        Trainer.Train<WaitModel>(records, Quick).Warnings
            .ShouldContain(w => w.Kind == TrainingWarningKind.ConstantFeature && w.Message.Contains("feature 3", StringComparison.Ordinal));

        RecordSet sizes = SyntheticRecords.Size(400);
        byte[] small =
        [
            .. Enumerable.Range(0, 400)
                .Where(i => System.Runtime.InteropServices.MemoryMarshal.Read<BioQueue>(sizes.From(i)).Sectors < 700)
                .SelectMany(i => sizes[i].ToArray()),
        ];
        Trainer.Train<SizeModel>(new RecordSet(sizes.Model, small), Quick).Warnings.Single().ShouldBe(
            new TrainingWarning(TrainingWarningKind.EmptyClass, "class 2 has no training row: the network will hardly choose it"));
    }

    [Fact]
    public void Cut_records_are_refused() =>
        Refused(() => new RecordSet(WaitModel.Spec, new byte[100])).ShouldContain("100 bytes are no whole number of records of 'wait'");

    [Fact]
    public void Records_of_another_model_are_refused() =>
        Refused(() => Trainer.Train<SizeModel>(SyntheticRecords.Wait(200), Quick)).ShouldContain("collected by 'wait' with other state than 'size' has now");

    [Theory]
    [InlineData("(set (member q Waiting) (binary u32 Add", "(set (member q Waiting) (binary u32 Subtract", "updates of the state")]
    [InlineData("(field InFlight u32)", "(field InFlight u32) (field Done u32)", "state")]
    public void Records_of_the_model_before_a_change_of_what_they_hold_are_refused(string now, string before, string what)
    {
        RecordSet records = Collected(text => text.Replace(now, before, StringComparison.Ordinal));

        Refused(() => Dataset.Read<WaitModel>(records)).ShouldContain($"collected by 'wait' with other {what} than 'wait' has now");
    }

    [Fact]
    public void Records_of_the_model_before_a_rename_are_its_own()
    {
        string path = Path.Combine(_folder, "wait.records.safetensors");
        using (RecordSet before = Collected(text => Name().Replace(text, n => n.Value + "Before")))
            before.Save(path);

        using RecordSet records = RecordSet.Load(path);

        records.Model.State!.Fields.Select(f => f.Name).ShouldBe(["WaitingBefore", "InFlightBefore"]);
        Dataset.Read<WaitModel>(records).Count.ShouldBe(50);
    }

    [Theory]
    [InlineData("BatchRows is 0; it must be at least 1")]
    [InlineData("LearningRate is NaN; it must be above 0 and finite")]
    [InlineData("MaxEpochs is 0; it must be at least 1")]
    [InlineData("Patience is 0; it must be at least 1")]
    [InlineData("Huber's delta is 0: it must be finite and above 0")]
    [InlineData("YesWeight is -1; it must be above 0 and finite")]
    [InlineData("The shares of validation (0.5) and test (0.5)")]
    [InlineData("The test share of 0.01 leaves 2 rows")]
    public void Options_out_of_range_are_named(string message)
    {
        TrainingOptions options = message.Split(' ')[0] switch
        {
            "BatchRows" => Quick with { BatchRows = 0 },
            "LearningRate" => Quick with { LearningRate = float.NaN },
            "MaxEpochs" => Quick with { MaxEpochs = 0 },
            "Patience" => Quick with { Patience = 0 },
            "Huber's" => Quick with { Loss = new HuberLoss(0) },
            "YesWeight" => Quick with { YesWeight = -1 },
            _ when message.Contains("shares", StringComparison.Ordinal) => Quick with { ValidationShare = 0.5, TestShare = 0.5 },
            _ => Quick with { TestShare = 0.01 },
        };
        Refused(() => Trainer.Train<WaitModel>(SyntheticRecords.Wait(200), options)).ShouldContain(message);
    }

    [Fact]
    public void Records_are_saved_and_loaded_as_they_were()
    {
        string path = Path.Combine(_folder, "wait.records.safetensors");
        RecordSet records = SyntheticRecords.Wait(50);
        records.Save(path);
        RecordSet again = RecordSet.Load(path);
        again.Model.ShouldBe(records.Model);
        again.Count.ShouldBe(50);
        for (int i = 0; i < 50; i++)
            again[i].SequenceEqual(records[i]).ShouldBeTrue();

        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);
        Refused(() => RecordSet.Load(path)).ShouldContain("is no usable file of records");
        new WeightsFile([], []).Write(path);
        Refused(() => RecordSet.Load(path)).ShouldContain("holds no records");
    }

    // What a state and its update are called.
    [GeneratedRegex(@"\b(Waiting|InFlight|On|q)\b")]
    private static partial Regex Name();

    /// <summary>Records that the model collected when its text was another.</summary>
    private static RecordSet Collected(Func<string, string> before)
    {
        RecordSet records = SyntheticRecords.Wait(50);
        ModelSpec model = ModelText.Read(before(WaitModel.CanonicalText));
        model.ShouldNotBe(records.Model);
        return new RecordSet(model, Enumerable.Range(0, 50).SelectMany(i => records[i].ToArray()).ToArray());
    }

    private static string Refused(Action action) => Should.Throw<TrainingException>(action).Message;
}
