using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.Model;

namespace Kml.Training;

/// <summary>
/// Samples as safetensors, a tensor a column, and mapped into memory to be read: columns are not copied, and a file larger than memory is paged in as it is
/// used. Other tools read and write such files too: <c>time</c> (I64), <c>feature.*</c>, <c>label</c>, <c>weight</c> (F32), <c>group</c> (I32), each [rows];
/// all but features and labels may be missing. The features must follow one another; together they may hold 2^31 - 1 numbers.
/// </summary>
/// <remarks>
/// The mapping stays until it is disposed of, or the program ends: a span does not keep its memory alive, so nobody else may decide.
/// The file must not be cut short meanwhile.
/// </remarks>
public sealed class SamplesFile : IDisposable
{
    private const string ClassesKey = "kml.samples.classes";
    private const string FeaturePrefix = "feature.";

    private static readonly HashSet<SamplesFile> Open = [];

    private readonly MappedBytes _bytes;

    private SamplesFile(MappedBytes bytes, Samples samples)
    {
        _bytes = bytes;
        Samples = samples;
        lock (Open)
            Open.Add(this);
    }

    /// <summary>The rows; not to be used after the file is disposed of.</summary>
    public Samples Samples { get; }

    /// <summary>Maps a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The mapped file.</returns>
    /// <exception cref="TrainingException">It is no such file, or its columns do not fit together.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SamplesFile Map(string path)
    {
        MappedBytes? bytes = null;
        try
        {
            TensorFileHeader header;
            using (FileStream stream = File.OpenRead(path))
                header = TensorFileHeader.Read(stream);
            bytes = new MappedBytes(path);
            return new SamplesFile(bytes, Read(header, bytes));
        }
        catch (WeightsFormatException e)
        {
            bytes?.Dispose();
            throw new TrainingException($"'{path}' is no usable file of samples: {e.Message}. Write it again, or restore it.", e);
        }
        catch (TrainingException e)
        {
            bytes?.Dispose();
            throw new TrainingException($"'{path}': {e.Message}", e);
        }
    }

    /// <summary>Writes samples, whole or not at all.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="path">The file, by custom <c>*.samples.safetensors</c>.</param>
    /// <exception cref="TrainingException">Two features have one name, or a time is beyond 63 bits.</exception>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public static void Save(Samples samples, string path)
    {
        ArgumentNullException.ThrowIfNull(samples);
        string? twice = samples.Names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
            throw new TrainingException($"Two features have the name '{twice}', and a file cannot keep both. Rename one.");
        int late = samples.Times.IndexOfAnyInRange((ulong)long.MaxValue + 1, ulong.MaxValue);
        if (late >= 0)
            throw new TrainingException($"The time of row {late} is {samples.Times[late]}, and a file holds 63 bits. Count from a later beginning.");

        List<TensorEntry> entries = [];
        Entry("time", TensorType.I64);
        foreach (string name in samples.Names)
            Entry(FeaturePrefix + name, TensorType.F32);
        Entry("label", TensorType.F32);
        Entry("weight", TensorType.F32);
        Entry("group", TensorType.I32);

        Dictionary<string, string> metadata = new() { [ClassesKey] = samples.Classes.ToString(CultureInfo.InvariantCulture) };
        WholeFile.Write(path, stream =>
        {
            stream.Write(TensorFileHeader.Write(metadata, entries));
            Append(stream, samples.Times);
            Append(stream, samples.Features);
            Append(stream, samples.Labels);
            Append(stream, samples.Weights);
            Append(stream, samples.Groups);
        });

        void Entry(string name, TensorType type)
        {
            long begin = entries.Count == 0 ? 0 : entries[^1].End;
            entries.Add(new TensorEntry(name, type, EquatableArray.Of((long)samples.Count), begin, begin + ((long)samples.Count * type.Size())));
        }
    }

    /// <summary>Unmaps the file. Its samples, and spans of them, must not be used afterwards.</summary>
    public void Dispose()
    {
        lock (Open)
            Open.Remove(this);
        _bytes.Dispose();
    }

    private static Samples Read(TensorFileHeader header, MappedBytes bytes)
    {
        int rows = RowsOf(header);
        TensorEntry[] features = [.. header.Tensors.Where(t => t.Name.StartsWith(FeaturePrefix, StringComparison.Ordinal))];
        CheckColumns(header, features, rows);
        int classes = ClassesOf(header);
        return new Samples(
            [.. features.Select(f => f.Name[FeaturePrefix.Length..])],
            features.Length == 0 ? ReadOnlyMemory<float>.Empty : Column<float>(features[0], features.Length * rows),
            Column<float>(Find(header, "label", TensorType.F32)!, rows),
            classes,
            Optional<float>("weight", TensorType.F32),
            Optional<ulong>("time", TensorType.I64),
            Optional<int>("group", TensorType.I32));

        ReadOnlyMemory<T>? Optional<T>(string name, TensorType type)
            where T : unmanaged
        {
            if (Find(header, name, type) is { } entry)
                return Column<T>(entry, rows);
            return null;
        }

        ReadOnlyMemory<T> Column<T>(TensorEntry first, int count)
            where T : unmanaged => bytes.Column<T>(first.Name, header.DataOffset + first.Begin, count);
    }

    private static int RowsOf(TensorFileHeader header)
    {
        TensorEntry label = Find(header, "label", TensorType.F32) ?? throw new WeightsFormatException("tensor 'label' is missing");
        if (label.Shape.Count != 1)
            throw new WeightsFormatException($"tensor 'label' has {label.Shape.Count} dimensions, not 1");
        if (label.Shape[0] > int.MaxValue)
            throw new WeightsFormatException($"{label.Shape[0]} rows are more than {int.MaxValue}: split the file");
        return (int)label.Shape[0];
    }

    /// <summary>Every column has all rows, and the features are one piece of floats.</summary>
    private static void CheckColumns(TensorFileHeader header, TensorEntry[] features, int rows)
    {
        for (int f = 1; f < features.Length; f++)
        {
            if (features[f].Begin != features[f - 1].End)
                throw new WeightsFormatException($"tensor '{features[f].Name}' does not follow '{features[f - 1].Name}': the features must lie together");
        }

        foreach (TensorEntry column in header.Tensors)
        {
            if (column.Shape.Count != 1 || column.Shape[0] != rows)
                throw new WeightsFormatException($"tensor '{column.Name}' is [{string.Join(", ", column.Shape)}], and there are {rows} labels");
        }

        foreach (TensorEntry feature in features)
            RequireType(feature, TensorType.F32);
        if ((long)features.Length * rows > int.MaxValue)
            throw new WeightsFormatException($"{features.Length} features of {rows} rows are more than {int.MaxValue} numbers: split the file");
    }

    private static int ClassesOf(TensorFileHeader header)
    {
        if (header.Metadata.TryGetValue(ClassesKey, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int classes))
            return classes;
        string found = text is null ? "missing" : $"'{text}', not a whole number";
        throw new WeightsFormatException($"metadata '{ClassesKey}' is {found}; it is the number of classes, 0 for a regression");
    }

    private static TensorEntry? Find(TensorFileHeader header, string name, TensorType type)
    {
        TensorEntry? entry = header.Tensors.FirstOrDefault(t => t.Name == name);
        if (entry is not null)
            RequireType(entry, type);
        return entry;
    }

    private static void RequireType(TensorEntry entry, TensorType type)
    {
        if (entry.Type != type)
            throw new WeightsFormatException($"tensor '{entry.Name}' holds {entry.Type}, not {type}");
    }

    /// <summary>In pieces: the bytes of a column may be more than a span can hold.</summary>
    private static void Append<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int Piece = 1 << 16;
        for (int at = 0; at < values.Length; at += Piece)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(at, Math.Min(Piece, values.Length - at))));
    }
}
