using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Kml.Model;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Kml.Training.Tensors;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Records;

/// <summary>Recordings beyond every limit of an array, in sparse files that take no room; and what does have a limit says so.</summary>
public sealed class LargeRecordingTests : IDisposable
{
    private static readonly int Size = RecordLayout.Of(WaitModel.Spec).Size;

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-large-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "large.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Bytes: beyond 31 bits, beyond 32, and more records than 31 bits count.</summary>
    [Theory]
    [InlineData(3L << 30)]
    [InlineData(5L << 30)]
    [InlineData(1L << 40)]
    public void Every_record_is_found_where_it_lies(long bytes)
    {
        long count = bytes / Size;
        long[] some =
        [
            .. new[] { 0, 1, (1L << 30) / Size, (1L << 31) / Size, ((1L << 31) / Size) + 1, (1L << 32) / Size, int.MaxValue, count / 2, count - 1 }
                .Where(i => i < count).Distinct(),
        ];
        Sparse(count, some);
        using RecordSet records = RecordSet.Load(Path);
        records.Count.ShouldBe(count);
        foreach (long index in some)
            BinaryPrimitives.ReadInt64LittleEndian(records[index]).ShouldBe(index + 1);
        BinaryPrimitives.ReadInt64LittleEndian(records[(count / 2) + 1]).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => records[count].Length);
        Should.Throw<ArgumentOutOfRangeException>(() => records[-1].Length);

        RecordSet end = records.Slice(count - 2, 2);
        (end.Count, BinaryPrimitives.ReadInt64LittleEndian(end[1])).ShouldBe((2, count));
    }

    [Fact]
    public void More_rows_than_training_takes_at_once_are_refused_with_a_way_out()
    {
        Sparse(1L << 32, []);
        using RecordSet records = RecordSet.Load(Path);
        Should.Throw<TrainingException>(() => Dataset.Read<WaitModel>(records)).Message
            .ShouldBe("4294967296 records are more than training takes into memory at once: "
                + $"{Array.MaxLength / WaitModel.Spec.Features.Count}, of {WaitModel.Spec.Features.Count} features each. "
                + "Train on a part, RecordSet.Slice, or from the stream, OnlineTrainer.");
        Dataset.Read<WaitModel>(records.Slice(5, 300)).Counts.Records.ShouldBe(300);
    }

    /// <summary>Any size of the parts gives the same records: the seams are where they are in a file of terabytes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(499)]
    [InlineData(5000)]
    public void The_seams_of_the_parts_do_not_show(int recordsAPart)
    {
        RecordSet written = SyntheticRecords.Wait(500);
        written.Save(Path);
        using RecordSet read = RecordSet.Load(Path, recordsAPart * Size);
        read.Count.ShouldBe(500);
        RecordSet middle = read.Slice(3, 490).Slice(4, 400);
        for (int i = 0; i < 500; i++)
        {
            read[i].SequenceEqual(written[i]).ShouldBeTrue();
            if (i < 400)
                middle[i].SequenceEqual(written[i + 7]).ShouldBeTrue();
        }
    }

    [Fact]
    public void Records_are_written_as_they_come()
    {
        RecordSet all = SyntheticRecords.Wait(50);
        all.Save(Path);
        string other = Path + ".other";
        using (RecordWriter writer = new(all.Model, other))
        {
            for (int i = 0; i < 50; i++)
                writer.Add(all[i]);
            Should.Throw<TrainingException>(() => writer.Add(new byte[Size - 1])).Message.ShouldContain("no whole number of records");
            writer.Count.ShouldBe(50);
            File.Exists(other).ShouldBeFalse();
            writer.Commit();
            RecordSet.Load(other).Count.ShouldBe(50);
        }

        File.ReadAllBytes(other).ShouldBe(File.ReadAllBytes(Path));
        using (RecordWriter writer = new(all.Model, other))
            writer.Add(all[0]);
        File.ReadAllBytes(other).ShouldBe(File.ReadAllBytes(Path));
        using (RecordWriter writer = new(all.Model, other))
            writer.Commit();
        RecordSet.Load(other).Count.ShouldBe(0);
        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    [Fact]
    public void A_tensor_of_weights_beyond_its_limit_is_refused_with_the_limit()
    {
        using (FileStream file = File.Create(Path))
        {
            const long Bytes = 3L << 30;
            file.Write(TensorFileHeader.Write([], [new TensorEntry("large", TensorType.U8, EquatableArray.Of(Bytes), 0, Bytes)]));
            file.SetLength(file.Position + Bytes);
        }

        Should.Throw<WeightsFormatException>(() => WeightsFile.Read(Path))
            .Message.ShouldBe("tensor 'large' takes 3221225472 bytes, and one of weights may take 2147483591");
    }

    [Fact]
    public void The_last_version_of_weights_has_none_after_it()
    {
        TrainingResult result = Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), new TrainingOptions { Console = null, MaxEpochs = 3 });
        foreach ((uint last, uint? next) in new (uint, uint?)[] { (1, 2), (uint.MaxValue - 1, uint.MaxValue), (uint.MaxValue, null) })
        {
            new WeightsFile([new(WeightsFile.VersionKey, $"{last}")], []).Write(Path);
            byte[] before = File.ReadAllBytes(Path);
            if (next is { } version)
            {
                result.Save(Path).ShouldBe(version);
                continue;
            }

            Should.Throw<TrainingException>(() => result.Save(Path))
                .Message.ShouldBe($"The weights in '{Path}' have version 4294967295, after which there is none. Move that file away, or save to another one.");
            File.ReadAllBytes(Path).ShouldBe(before);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(Limit, 1, 1)]
    [InlineData(Limit, 2, 0)]
    [InlineData(Limit + 1, 1, -1)]
    [InlineData(1 << 16, 1 << 15, -1)]
    [InlineData(1 << 16, 1 << 16, -1)]
    [InlineData(int.MaxValue, int.MaxValue, -1)]
    public void A_length_is_exact_or_refused_by_name(int a, int b, int c)
    {
        if (c >= 0)
        {
            ArraySize.Of("The rows", a, b, c).ShouldBe(checked(a * c * (c == 0 ? 1 : b)));
        }
        else
        {
            Should.Throw<TrainingException>(() => ArraySize.Of("The rows", a, b))
                .Message.ShouldBe($"The rows would be {(Int128)a * b} numbers, and an array holds {Limit}. Take fewer rows, or a smaller model.");
        }
    }

    [Fact]
    public void What_a_network_or_a_table_would_take_is_refused_by_name()
    {
        Refused(
            () => NetworkForm.Of(1 << 16, new DenseLayer(1 << 16)).ParameterCount.ToString(CultureInfo.InvariantCulture),
            "The parameters of a layer would be 4295032832 numbers");
        Refused(
            () => new TensorShape(1 << 11, 1 << 10, 1 << 10).Length.ToString(CultureInfo.InvariantCulture),
            "The values of a layer would be 2147483648 numbers");

        static void Refused(Func<string> action, string words) => Should.Throw<TrainingException>(action).Message.ShouldStartWith(words);
    }

    /// <summary>A bare overflow names no place and no remedy.</summary>
    [Fact]
    public void No_length_is_left_to_an_overflow()
    {
        string root = System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder(), "../../../src"));
        Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => File.ReadLines(file)
                .Any(line => line.Contains("checked(", StringComparison.Ordinal) && !line.Contains("unchecked(", StringComparison.Ordinal)))
            .Select(file => System.IO.Path.GetFileName(file))
            .ShouldBeEmpty();
    }

    private const int Limit = 0x7fffffc7;

    private static string Folder([CallerFilePath] string source = "") => System.IO.Path.GetDirectoryName(source)!;

    /// <summary>A recording of zeros, but for the number of some records plus 1.</summary>
    private void Sparse(long count, IEnumerable<long> some)
    {
        Dictionary<string, string> metadata = new() { [RecordSet.ModelTextKey] = WaitModel.CanonicalText };
        using FileStream file = File.Create(Path);
        file.Write(TensorFileHeader.Write(
            metadata,
            [new TensorEntry(RecordSet.RecordsTensor, TensorType.U8, EquatableArray.Of(count, Size), 0, count * Size)]));
        long data = file.Position;
        file.SetLength(data + (count * Size));
        foreach (long index in some)
        {
            file.Position = data + (index * Size);
            file.Write(BitConverter.GetBytes(index + 1));
        }
    }
}
