using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Inference;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

/// <summary>What may happen to a trained file on its way to the build: none of it is accepted there.</summary>
public sealed class DamageTests(DamageTests.Trained trained) : IClassFixture<DamageTests.Trained>
{
    private readonly byte[] _good = trained.Bytes;

    private static int HeaderEnd(byte[] file) => 8 + (int)BitConverter.ToUInt64(file, 0);

    [Fact]
    public void The_file_itself_is_accepted_and_has_every_kind_of_tensor()
    {
        trained.Accepts(_good).ShouldBeTrue();
        trained.Tensors.ShouldContain(WeightsNames.GoldenFrom);
        trained.Tensors.ShouldContain(WeightsNames.GoldenState);
        trained.Tensors.ShouldContain(WeightsNames.GoldenInteger);
    }

    [Fact]
    public void A_changed_byte_is_refused_wherever_it_lies()
    {
        Random random = new(14);
        Refuses(Enumerable.Range(0, _good.Length).Select(at =>
        {
            byte[] file = Copy();
            file[at] ^= (byte)(1 << random.Next(8));
            return ($"bit of byte {at}", file);
        }));
    }

    [Fact]
    public void A_truncated_or_longer_file_is_refused()
    {
        Random random = new(15);
        IEnumerable<int> lengths = Enumerable.Range(0, 500).Select(_ => random.Next(_good.Length)).Concat([0, 7, 8, HeaderEnd(_good), _good.Length - 1]);
        Refuses(lengths.Select(length => ($"length {length}", _good[..length])));
        Refuses(Enumerable.Range(1, 64).Select(more => ($"{more} bytes more", (byte[])[.. _good, .. new byte[more]])));
    }

    [Fact]
    public void Blocks_that_are_blank_moved_or_doubled_are_refused()
    {
        Random random = new(16);
        Refuses(Enumerable.Range(0, 2000).Select(i =>
        {
            byte[] file = Copy();
            int length = 1 + random.Next(64), from = random.Next(file.Length - length), to = random.Next(file.Length - length);
            Span<byte> target = file.AsSpan(to, length);
            switch (i % 3)
            {
                case 0:
                    target.Fill((byte)random.Next(256));
                    break;
                case 1:
                    _good.AsSpan(from, length).CopyTo(target);
                    break;
                default:
                    target.CopyTo(file.AsSpan(from));
                    _good.AsSpan(from, length).CopyTo(target);
                    break;
            }

            return ($"block {i}: {length} bytes from {from} at {to}", file);
        }).Where(damage => !damage.file.AsSpan().SequenceEqual(_good)));
    }

    [Fact]
    public void Tensors_that_changed_places_are_refused()
    {
        // In the bytes, as a careless tool would: their names in the header.
        string header = Encoding.Latin1.GetString(_good, 0, HeaderEnd(_good));
        Refuses(
            from a in trained.Tensors
            from b in trained.Tensors
            where string.CompareOrdinal(a, b) < 0
            let swapped = header.Replace($"\"{a}\"", "\"\0\"", StringComparison.Ordinal)
                .Replace($"\"{b}\"", $"\"{a}\"", StringComparison.Ordinal)
                .Replace("\"\0\"", $"\"{b}\"", StringComparison.Ordinal)
            select ($"{a} and {b}", (byte[])[.. Encoding.Latin1.GetBytes(swapped), .. _good[HeaderEnd(_good)..]]));
    }

    [Fact]
    public void A_tensor_whose_elements_are_reversed_is_refused() =>
        Refuses(TensorFileHeader.Read(new MemoryStream(_good)).Tensors.Select(t =>
        {
            byte[] file = Copy();
            file.AsSpan(HeaderEnd(file) + (int)t.Begin, (int)(t.End - t.Begin)).Reverse();
            return ($"reversed {t.Name}", file);
        }).Where(damage => !damage.file.AsSpan().SequenceEqual(_good)));

    private byte[] Copy() => (byte[])_good.Clone();

    private void Refuses(IEnumerable<(string What, byte[] File)> damages)
    {
        (string What, byte[] File)[] all = [.. damages];
        all.ShouldNotBeEmpty();
        string[] accepted = [.. all.Where(d => trained.Accepts(d.File)).Select(d => d.What)];
        accepted.ShouldBeEmpty($"{accepted.Length} of {all.Length} damaged files were accepted");
    }

    /// <summary>A model with state and an integer twin, trained for a moment, and the check that the build makes.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("kml-damage-").FullName;

        public Trained()
        {
            Trainer.Train<TwinModel>(SyntheticRecords.Wait(600), new TrainingOptions { MaxEpochs = 2, Console = null }).Save(FilePath);
            Bytes = File.ReadAllBytes(FilePath);
            Tensors = [.. WeightsFile.Parse(Bytes).Tensors.Select(t => t.Name)];
        }

        public byte[] Bytes { get; }

        public IReadOnlyList<string> Tensors { get; }

        private string FilePath => Path.Combine(_folder, "twin.safetensors");

        public bool Accepts(byte[] file)
        {
            File.WriteAllBytes(FilePath, file);
            bool accepted = WeightsProof.Load(TwinModel.Spec, FilePath, out EquatableArray<WeightsFinding> findings) is not null;
            (findings.Count == 0).ShouldBe(accepted);
            return accepted;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
