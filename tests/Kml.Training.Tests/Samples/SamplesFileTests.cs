using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class SamplesFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kml-samples").FullName;

    private string Place => Path.Combine(_folder, "rows.samples.safetensors");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void What_was_saved_is_mapped_as_it_was() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(50),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                Samples rows = Random(seed);
                SamplesFile.Save(rows, Place);
                using SamplesFile file = SamplesFile.Map(Place);
                ShouldEqual(file.Samples, rows);
                return true;
            }));

    [Fact]
    public void Columns_are_those_of_the_file_and_end_with_the_mapping()
    {
        SamplesFile.Save(Random(3), Place);
        Samples rows;
        using (SamplesFile file = SamplesFile.Map(Place))
        {
            rows = file.Samples;
            TensorFileHeader header;
            using (FileStream stream = File.OpenRead(Place))
                header = TensorFileHeader.Read(stream);
            TensorEntry label = header.Tensors.Single(t => t.Name == "label"),
                feature = header.Tensors.First(t => t.Name.StartsWith("feature.", StringComparison.Ordinal));
            Unsafe.ByteOffset(in MemoryMarshal.GetReference(rows.Features), in MemoryMarshal.GetReference(rows.Labels))
                .ShouldBe((nint)(label.Begin - feature.Begin));
        }

        Should.Throw<ObjectDisposedException>(() => rows.Labels.Length);
    }

    [Fact]
    public void Columns_of_another_writer_may_lack_all_but_features_and_labels()
    {
        new WeightsFile(
            [new("kml.samples.classes", "0")],
            [WeightsTensor.Of("label", [1f, 2f], 2), WeightsTensor.Of("feature.b", [3f, 4f], 2), WeightsTensor.Of("feature.a", [5f, 6f], 2)]).Write(Place);
        using SamplesFile file = SamplesFile.Map(Place);
        ShouldEqual(file.Samples, new Samples(["a", "b"], [5, 6, 3, 4], [1, 2], 0));
    }

    [Fact]
    public void A_damaged_file_is_refused_wherever_it_is_damaged()
    {
        SamplesFile.Save(Random(3), Place);
        byte[] bytes = File.ReadAllBytes(Place);
        foreach (int length in (int[])[0, 5, 8, 40, bytes.Length - 1])
        {
            File.WriteAllBytes(Place, bytes[..length]);
            Refused().ShouldStartWith($"'{Place}' is no usable file of samples: ");
        }

        Randomness random = new(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] corrupt = [.. bytes];
            corrupt[random.Below(600)] ^= (byte)(1 << random.Below(8));
            File.WriteAllBytes(Place, corrupt);
            try
            {
                SamplesFile.Map(Place).Dispose();
            }
            catch (TrainingException e)
            {
                e.Message.ShouldContain(Place);
            }
        }
    }

    [Theory]
    [InlineData("no label", "tensor 'label' is missing")]
    [InlineData("no classes", "metadata 'kml.samples.classes' is missing; it is the number of classes")]
    [InlineData("odd classes", "metadata 'kml.samples.classes' is 'two', not a whole number")]
    [InlineData("short", "tensor 'feature.a' is [1], and there are 2 labels")]
    [InlineData("flat", "tensor 'label' has 2 dimensions, not 1")]
    [InlineData("type", "tensor 'feature.a' holds I32, not F32")]
    [InlineData("apart", "tensor 'feature.b' does not follow 'feature.a': the features must lie together")]
    [InlineData("nan", "Column 'a' is NaN in row 1.")]
    [InlineData("class", "The label of row 1 is 2, and there are 2 classes")]
    public void A_file_of_other_content_is_refused_with_the_reason(string what, string message)
    {
        WeightsTensor label = WeightsTensor.Of("label", [0f, what == "class" ? 2f : 1f], what == "flat" ? [2, 1] : [2]);
        WeightsTensor feature = what switch
        {
            "short" => WeightsTensor.Of("feature.a", [1f], 1),
            "type" => WeightsTensor.Of("feature.a", [1, 2], 2),
            _ => WeightsTensor.Of("feature.a", [1f, what == "nan" ? float.NaN : 2f], 2),
        };
        if (what == "apart")
        {
            WriteApart();
        }
        else
        {
            new WeightsFile(
                what == "no classes" ? [] : [new("kml.samples.classes", what == "odd classes" ? "two" : "2")],
                what == "no label" ? [feature] : [feature, label]).Write(Place);
        }

        Refused().ShouldContain(message);
    }

    [Fact]
    public void What_cannot_be_kept_is_not_saved()
    {
        Should.Throw<TrainingException>(() => SamplesFile.Save(new Samples(["a", "a"], [1, 2], [0], 2), Place))
            .Message.ShouldStartWith("Two features have the name 'a'");
        Should.Throw<TrainingException>(() => SamplesFile.Save(new Samples(["a"], [1], [0], 2, null, [ulong.MaxValue]), Place))
            .Message.ShouldStartWith("The time of row 0 is 18446744073709551615");
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    /// <summary>Rows of any shape and of extreme values; every third seed is a regression.</summary>
    internal static Samples Random(int seed)
    {
        Randomness random = new((ulong)seed);
        int width = 1 + random.Below(5), count = 1 + random.Below(40), classes = seed % 3 == 0 ? 0 : 2 + random.Below(3);
        return new Samples(
            [.. Enumerable.Range(0, width).Select(f => $"f{f}, \"é\"")],
            [.. Enumerable.Range(0, width * count).Select(_ => Any())],
            [.. Enumerable.Range(0, count).Select(_ => classes == 0 ? Any() : random.Below(classes))],
            classes,
            [.. Enumerable.Range(0, count).Select(_ => Math.Abs(Any()))],
            [.. Enumerable.Range(0, count).Select(_ => random.Next() >> 1)],
            [.. Enumerable.Range(0, count).Select(_ => (int)random.Next())]);

        float Any() => BitConverter.UInt32BitsToSingle((uint)random.Next()) is var value && float.IsFinite(value) ? value : 0f;
    }

    internal static void ShouldEqual(Samples actual, Samples expected)
    {
        actual.Names.ShouldBe(expected.Names);
        actual.Classes.ShouldBe(expected.Classes);
        Bits(actual.Features).ShouldBe(Bits(expected.Features));
        Bits(actual.Labels).ShouldBe(Bits(expected.Labels));
        Bits(actual.Weights).ShouldBe(Bits(expected.Weights));
        actual.Times.ToArray().ShouldBe(expected.Times.ToArray());
        actual.Groups.ToArray().ShouldBe(expected.Groups.ToArray());
    }

    private static int[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, int>(values).ToArray();

    /// <summary>Two features with the labels between them, as a writer may lay them that keeps its own order.</summary>
    private void WriteApart()
    {
        TensorEntry[] entries =
        [
            .. ((string[])["feature.a", "label", "feature.b"])
                .Select((name, i) => new TensorEntry(name, TensorType.F32, EquatableArray.Of(2L), 8 * i, 8 * (i + 1))),
        ];
        File.WriteAllBytes(Place, [.. TensorFileHeader.Write([new("kml.samples.classes", "2")], entries), .. new byte[24]]);
    }

    private string Refused() => Should.Throw<TrainingException>(() => SamplesFile.Map(Place)).Message;
}
