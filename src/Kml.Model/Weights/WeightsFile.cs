using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Kml.Model;

/// <summary>
/// A weights file: safetensors (see <see cref="TensorFileHeader"/>), whole in memory. Equal content is written as equal bytes.
/// </summary>
public sealed class WeightsFile
{
    /// <summary>Metadata key: the model's name.</summary>
    public const string ModelKey = "kml.model";

    /// <summary>Metadata key: the fingerprint of the model's learned part.</summary>
    public const string FingerprintKey = "kml.fingerprint";

    /// <summary>Metadata key: the version of the weights, a whole number from 1; a later training has a larger one.</summary>
    public const string VersionKey = "kml.weights_version";

    /// <summary>Metadata key: the tool that wrote the file.</summary>
    public const string ToolKey = "kml.tool";

    private readonly Dictionary<string, WeightsTensor> _byName;

    /// <summary>Makes a file's content.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="tensors">The tensors, in any order.</param>
    /// <exception cref="ArgumentException">A key or a tensor's name appears twice.</exception>
    public WeightsFile(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<WeightsTensor> tensors)
    {
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in metadata)
            sorted.Add(entry.Key, entry.Value);
        Metadata = sorted;

        // Widest elements first: every tensor is then aligned to its own element.
        Tensors = tensors.OrderByDescending(t => t.Type.Size()).ThenBy(t => t.Name, StringComparer.Ordinal).ToEquatableArray();
        _byName = Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The metadata, ordered by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors, in the order of their data when written.</summary>
    public EquatableArray<WeightsTensor> Tensors { get; }

    /// <summary>The name of the model that the weights are for.</summary>
    /// <exception cref="WeightsFormatException">The metadata do not say.</exception>
    public string Model => Required(ModelKey);

    /// <summary>The fingerprint of the model that the weights are for.</summary>
    /// <exception cref="WeightsFormatException">The metadata do not say.</exception>
    public string Fingerprint => Required(FingerprintKey);

    /// <summary>The version of the weights, at least 1.</summary>
    /// <exception cref="WeightsFormatException">The metadata do not say, or it is no whole number from 1.</exception>
    public uint Version =>
        uint.TryParse(Required(VersionKey), NumberStyles.None, CultureInfo.InvariantCulture, out uint version) && version > 0
            ? version
            : throw new WeightsFormatException($"metadata '{VersionKey}' is '{Required(VersionKey)}', not a whole number from 1");

    /// <summary>A tensor by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="WeightsFormatException">There is none of this name.</exception>
    public WeightsTensor this[string name] => Find(name) ?? throw new WeightsFormatException($"tensor '{name}' is missing");

    /// <summary>A tensor by its name, or null.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tensor, or null if there is none of this name.</returns>
    public WeightsTensor? Find(string name) => _byName.TryGetValue(name, out WeightsTensor? tensor) ? tensor : null;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="WeightsFormatException">It is no weights file; the message says where it fails, without the path.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static WeightsFile Read(string path) => Parse(File.ReadAllBytes(path));

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="WeightsFormatException">They are no weights file; the message says where they fail.</exception>
    public static WeightsFile Parse(byte[] bytes)
    {
        TensorFileHeader header = TensorFileHeader.Parse(bytes, bytes.LongLength);
        return new WeightsFile(
            header.Metadata,
            header.Tensors.Select(t => WeightsTensor.Slice(t.Name, t.Type, t.Shape, bytes, (int)(header.DataOffset + t.Begin), (int)(t.End - t.Begin))));
    }

    /// <summary>The bytes of the file.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes()
    {
        List<TensorEntry> entries = [];
        long end = 0;
        foreach (WeightsTensor tensor in Tensors)
            entries.Add(new TensorEntry(tensor.Name, tensor.Type, tensor.Shape, end, end += tensor.ByteCount));
        byte[] header = TensorFileHeader.Write(Metadata, entries);
        byte[] bytes = new byte[checked((int)(header.Length + end))];
        header.CopyTo(bytes, 0);
        int at = header.Length;
        foreach (WeightsTensor tensor in Tensors)
        {
            tensor.CopyTo(bytes, at);
            at += tensor.ByteCount;
        }

        return bytes;
    }

    /// <summary>Writes the file whole or not at all: a reader sees the old content or the new. Makes its folder if needed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public void Write(string path)
    {
        byte[] bytes = ToBytes();
        WholeFile.Write(path, stream => stream.Write(bytes, 0, bytes.Length));
    }

    private string Required(string key) =>
        Metadata.TryGetValue(key, out string? value) ? value : throw new WeightsFormatException($"metadata '{key}' is missing");
}
