using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Kml.Model;

namespace Kml.Training.Optimisation;

/// <summary>
/// A training's state in a safetensors file, written whole or not at all. Its metadata say which training it is of, and hold a hash of everything else:
/// a file that is damaged anywhere, or of another training, is refused and left as it is.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="identity">Which training.</param>
internal sealed class Checkpoint(string path, TaskIdentity identity)
{
    private const string FormatKey = "kml.checkpoint", Format = "1", HashKey = "kml.sha256",
        NetworkKey = "kml.network", OptionsKey = "kml.options", RowsKey = "kml.rows";
    private const string Parameters = "parameters", Best = "best", Course = "course", Epochs = "epochs";

    /// <summary>Writes the state.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="TrainingException">The file cannot be written; what was there stays.</exception>
    internal void Save(DescentState state)
    {
        Dictionary<string, string> metadata = new()
        {
            [FormatKey] = Format,
            [NetworkKey] = identity.Network,
            [OptionsKey] = identity.Options,
            [RowsKey] = identity.Rows,
        };
        long[] course = CourseNumbers.Of(state.Course, state.Optimiser.Steps), epochs = [.. state.Epochs.SelectMany(CourseNumbers.Of)];
        List<WeightsTensor> tensors = [WeightsTensor.Of(Course, course, course.Length), WeightsTensor.Of(Epochs, epochs, epochs.Length)];
        foreach ((string name, float[] values) in Arrays(state))
            tensors.Add(WeightsTensor.Of(name, values, values.Length));
        metadata.Add(HashKey, Hash(metadata, tensors));
        try
        {
            new WeightsFile(metadata, tensors).Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The checkpoint '{path}' cannot be written: {e.Message} Make room, or choose another path.", e);
        }
    }

    /// <summary>Reads the state, if there is a file.</summary>
    /// <param name="state">Receives it.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TrainingException">The file is damaged or of another training.</exception>
    internal bool Load(DescentState state)
    {
        if (!File.Exists(path))
            return false;
        WeightsFile file = Read();
        if (!file.Metadata.ContainsKey(FormatKey))
            throw Refused("is none: it holds something else", "Choose another path");
        if (file.Metadata[FormatKey] != Format)
        {
            throw Refused(
                $"has format {file.Metadata[FormatKey]}, and this version reads {Format}",
                "Go on with the version that wrote it, or delete it to begin anew");
        }

        Dictionary<string, string> metadata = file.Metadata.Where(entry => entry.Key != HashKey).ToDictionary(entry => entry.Key, entry => entry.Value);
        if (!file.Metadata.TryGetValue(HashKey, out string? hash) || hash != Hash(metadata, file.Tensors))
            throw Refused("is damaged: its content does not have the hash that was written with it", "Restore it, or delete it to begin anew");
        Require(metadata, NetworkKey, identity.Network, "for another network or loss");
        Require(metadata, OptionsKey, identity.Options, "for other options");
        Require(metadata, RowsKey, identity.Rows, "on other rows");
        try
        {
            Fill(state, file);
        }
        catch (WeightsFormatException e)
        {
            throw Refused($"is damaged: {e.Message}", "Restore it, or delete it to begin anew", e);
        }

        return true;
    }

    private static void Fill(DescentState state, WeightsFile file)
    {
        foreach ((string name, float[] values) in Arrays(state))
        {
            float[] from = file[name].ToArray<float>();
            if (from.Length != values.Length)
                throw new WeightsFormatException($"tensor '{name}' has {from.Length} numbers, not {values.Length}");
            from.CopyTo(values, 0);
        }

        (state.Course, state.Optimiser.Steps) = CourseNumbers.Course(file[Course].ToArray<long>());
        state.Epochs.AddRange(file[Epochs].ToArray<long>().Chunk(CourseNumbers.OfEpoch).Select(CourseNumbers.Epoch));
    }

    private static IEnumerable<(string Name, float[] Values)> Arrays(DescentState state) =>
    [
        (Parameters, state.Parameters),
        (Best, state.Best),
        .. state.Optimiser.Memory.Select(memory => ($"optimiser.{memory.Name}", memory.Values)),
        .. state.Precision.Memory.Select(memory => ($"precision.{memory.Name}", memory.Values)),
        .. state.BestMemory.Select(memory => ($"best.{memory.Name}", memory.Values)),
    ];

    private static string Hash(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<WeightsTensor> tensors) =>
        Convert.ToHexString(Hash(new WeightsFile(metadata, tensors)));

    /// <summary>Of the bytes that a file has, which may be more than an array holds.</summary>
    private static byte[] Hash(WeightsFile file)
    {
        using SHA256 hash = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, hash, CryptoStreamMode.Write))
            file.Write(stream);
        return hash.Hash!;
    }

    private WeightsFile Read()
    {
        try
        {
            WeightsFile file = WeightsFile.Read(path);
            using FileStream bytes = File.OpenRead(path);

            // Bytes outside the content, such as blanks of the header, are as they were written too.
            return Hash(file).AsSpan().SequenceEqual(SHA256.HashData(bytes)) ? file : throw new WeightsFormatException("it is not written as it was");
        }
        catch (WeightsFormatException e)
        {
            throw Refused($"is damaged, or no checkpoint: {e.Message}", "Restore it, or delete it to begin anew", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused($"cannot be read: {e.Message}", "Allow it, or choose another path", e);
        }
    }

    private void Require(Dictionary<string, string> metadata, string key, string own, string difference)
    {
        string there = metadata.GetValueOrDefault(key, "");
        if (there != own)
            throw Refused($"is of a training {difference} ({there}, not {own})", "Train as it was begun, choose another path, or delete it to begin anew");
    }

    private TrainingException Refused(string what, string remedy, Exception? inner = null) =>
        new($"The checkpoint '{path}' {what}. {remedy}.", inner!);
}
