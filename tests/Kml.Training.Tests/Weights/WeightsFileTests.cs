using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class WeightsFileTests
{
    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Files, file =>
        {
            byte[] bytes = file.ToBytes();
            WeightsFile again = WeightsFile.Parse(bytes);
            again.Metadata.ShouldBe(file.Metadata);
            again.Tensors.Select(Describe).ShouldBe(file.Tensors.Select(Describe));
            again.ToBytes().ShouldBe(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_truncation_is_refused() =>
        Prop.ForAll(Files, file =>
        {
            byte[] bytes = file.ToBytes();
            for (int length = 0; length < bytes.Length; length++)
                Should.Throw<WeightsFormatException>(() => WeightsFile.Parse(bytes[..length]));
            Should.Throw<WeightsFormatException>(() => WeightsFile.Parse([.. bytes, 0]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void A_corrupted_byte_of_the_header_is_refused_or_leaves_a_well_formed_file() =>
        Prop.ForAll(Files, Gen.Choose(1, 255).ToArbitrary(), (file, flip) =>
        {
            byte[] bytes = file.ToBytes();
            int end = 8 + (int)BitConverter.ToUInt64(bytes, 0);
            for (int at = 0; at < end; at++)
            {
                byte[] corrupt = (byte[])bytes.Clone();
                corrupt[at] ^= (byte)flip;
                try
                {
                    // A changed letter of a name is still a name: what is then missing is found by WeightsCheck.
                    // One whose digest has lost its name is written with a new one.
                    WeightsFile read = WeightsFile.Parse(corrupt);
                    read.ToBytes().Length
                        .ShouldBeLessThanOrEqualTo(bytes.Length + 64 + (read.HadDigest ? 0 : $"\"{WeightsFile.DigestKey}\":\"\",".Length + 64));
                }
                catch (WeightsFormatException e)
                {
                    e.Message.ShouldNotBeEmpty();
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Theory]
    [InlineData("", 0, "ends within|expected '{'")]
    [InlineData("[]", 0, "expected '{' in the header")]
    [InlineData("{}x", 0, "text after the header")]
    [InlineData("{}", 1, "the tensors take 0 bytes, and the file holds 1")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", 8, "tensor 'a' holds 'F64', which is none of")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,1]}}""", 1, "tensor 'a' has 1 bytes for U8\\[2\\], not 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "tensor 'a' begins at data byte 1, not at 0")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
        2,
        "tensor 'b' begins at data byte 1, not at 2")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
        2,
        "'a' appears twice in the header")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 0, "the tensors take 1 bytes, and the file holds 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", 0, "not a range of bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""", 0, "not a range of bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, "the shape of tensor 'a' must hold whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}}""", 1, "must hold whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,1]}}""", 1, "too large")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9999999999999999999],"data_offsets":[0,1]}}""", 1, "too large")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1]}}""", 1, "tensor 'a' lacks its offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1}}""", 1, "unknown property 'x'")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "metadata 'k'")]
    [InlineData("""{"__metadata__":{"k":"\ud800"}}""", 0, "lone surrogate in metadata 'k'")]
    [InlineData("""{"__metadata__":{"k":"\q"}}""", 0, "unknown escape in metadata 'k'")]
    public void A_malformed_file_is_refused_with_its_place(string header, int dataBytes, string message)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. new byte[dataBytes]];
        Should.Throw<WeightsFormatException>(() => WeightsFile.Parse(bytes)).Message.ShouldMatch(message);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_refused_without_allocating_it()
    {
        byte[] bytes = [.. BitConverter.GetBytes(ulong.MaxValue), 1, 2, 3];
        Should.Throw<WeightsFormatException>(() => WeightsFile.Parse(bytes)).Message.ShouldContain("18446744073709551615");
    }

    [Fact]
    public void A_file_of_another_writer_is_read()
    {
        const string header = """  {"w" : {"shape":[2], "dtype":"I16", "data_offsets":[0, 4]}, "__metadata__":{"format":"pt\n\u00e9"}} """;
        byte[] text = Encoding.UTF8.GetBytes(header);
        WeightsFile file = WeightsFile.Parse([.. BitConverter.GetBytes((ulong)text.Length), .. text, 1, 0, 0xff, 0xff]);
        file["w"].ToArray<short>().ShouldBe([1, -1]);
        file.Metadata["format"].ShouldBe("pt\né");
        Should.Throw<WeightsFormatException>(() => file["w"].ToArray<float>()).Message.ShouldBe("tensor 'w' holds I16, not F32");
        Should.Throw<WeightsFormatException>(() => file["v"]).Message.ShouldBe("tensor 'v' is missing");
        Should.Throw<WeightsFormatException>(() => file.Version).Message.ShouldContain("kml.weights_version");
    }

    [Fact]
    public void A_file_is_replaced_whole_and_leaves_no_other_file()
    {
        string folder = Directory.CreateTempSubdirectory("kml-weights").FullName;
        try
        {
            string path = Path.Combine(folder, "deeper", "w.safetensors");
            foreach (int value in (int[])[1, 2])
                new WeightsFile([], [WeightsTensor.Of("v", [value], 1)]).Write(path);
            WeightsFile.Read(path)["v"].ToArray<int>().ShouldBe([2]);
            Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).ShouldBe([path]);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static Arbitrary<WeightsFile> Files { get; } = Gen.Choose(0, int.MaxValue).Select(Make).ToArbitrary();

    private static WeightsFile Make(int seed)
    {
        Random random = new(seed);
        Dictionary<string, string> metadata = [];
        for (int i = random.Next(4); i > 0; i--)
            metadata[Word(random)] = Word(random);
        Dictionary<string, WeightsTensor> tensors = [];
        for (int i = random.Next(5); i > 0; i--)
        {
            string name = Word(random);
            int[] shape = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(4))];
            int count = shape.Aggregate(1, (n, d) => n * d);
            int[] values = [.. Enumerable.Range(0, count).Select(_ => random.Next())];
            tensors[name] = random.Next(6) switch
            {
                0 => WeightsTensor.Of(name, values, shape),
                1 => WeightsTensor.Of(name, Array.ConvertAll(values, BitConverter.Int32BitsToSingle), shape),
                2 => WeightsTensor.Of(name, Array.ConvertAll(values, v => (short)v), shape),
                3 => WeightsTensor.Of(name, Array.ConvertAll(values, v => (sbyte)v), shape),
                4 => WeightsTensor.Of(name, Array.ConvertAll(values, v => (long)v << 20), shape),
                _ => WeightsTensor.Of(name, Array.ConvertAll(values, v => (byte)v), shape),
            };
        }

        return new WeightsFile(metadata, tensors.Values);
    }

    private static string Word(Random random)
    {
        const string alphabet = "abz.\"\\\n\u0001é漢/ ";
        string text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => alphabet[random.Next(alphabet.Length)]));
        return random.Next(8) == 0 ? text + "😀" : text;
    }

    private static string Describe(WeightsTensor t) =>
        $"{t.Name}:{t.Type}[{string.Join(",", t.Shape)}]={Convert.ToHexString(t.ToBytes())}";
}
