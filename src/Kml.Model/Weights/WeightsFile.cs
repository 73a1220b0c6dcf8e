using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Kml.Model;

/// <summary>
/// A weights file: safetensors (u64 length of the header, JSON header, data), read strictly. Metadata are strings; the tensors fill the data without
/// gap or overlap. Equal content is written as equal bytes.
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

    internal const string MetadataKey = "__metadata__";

    private const int LengthBytes = 8;
    private const long MaxHeader = 100_000_000;

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
        if (bytes.Length < LengthBytes)
            throw new WeightsFormatException($"the file has {bytes.Length} bytes and cannot hold the header's length, {LengthBytes} bytes");
        ulong length = BitConverter.ToUInt64(bytes, 0);
        if (length > MaxHeader)
            throw new WeightsFormatException($"the header's length is {length}, over the format's limit of {MaxHeader}");
        if (length > (ulong)(bytes.Length - LengthBytes))
            throw new WeightsFormatException($"the header's length is {length}, and only {bytes.Length - LengthBytes} bytes follow");

        int start = LengthBytes + (int)length;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        List<Entry> entries = [];
        HeaderReader header = new(bytes, LengthBytes, start);
        header.Object("the header", key =>
        {
            if (key == MetadataKey)
                header.Object("the metadata", k => metadata.Add(k, header.String($"metadata '{k}'")));
            else
                entries.Add(ReadEntry(header, key));
        });
        header.End();

        long end = 0;
        foreach (Entry entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != end)
                throw new WeightsFormatException($"tensor '{entry.Name}' begins at data byte {entry.Begin}, not at {end} where the one before it ends");
            end = entry.End;
        }

        if (end != bytes.Length - start)
            throw new WeightsFormatException($"the tensors take {end} bytes, and the file holds {bytes.Length - start} after its header");
        return new WeightsFile(
            metadata,
            entries.Select(e => WeightsTensor.Slice(e.Name, e.Type, e.Shape, bytes, start + (int)e.Begin, (int)(e.End - e.Begin))));
    }

    /// <summary>The bytes of the file.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes()
    {
        byte[] header = HeaderWriter.Write(Metadata, Tensors);
        byte[] bytes = new byte[checked(LengthBytes + header.Length + Tensors.Sum(t => t.ByteCount))];
        BitConverter.GetBytes((ulong)header.Length).CopyTo(bytes, 0);
        header.CopyTo(bytes, LengthBytes);
        int at = LengthBytes + header.Length;
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
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new IOException($"'{path}' is no file.");
        Directory.CreateDirectory(folder);

        // In the same folder, so that the rename stays within one file system and is atomic.
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                byte[] bytes = ToBytes();
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(true);
            }

            if (File.Exists(full))
                File.Replace(temporary, full, null);
            else
                File.Move(temporary, full);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static Entry ReadEntry(HeaderReader header, string name)
    {
        string? word = null;
        long[]? shape = null;
        long[]? offsets = null;
        header.Object($"tensor '{name}'", key =>
        {
            switch (key)
            {
                case "dtype":
                    word = header.String($"the dtype of tensor '{name}'");
                    break;
                case "shape":
                    shape = header.Numbers($"the shape of tensor '{name}'");
                    break;
                case "data_offsets":
                    offsets = header.Numbers($"the offsets of tensor '{name}'");
                    break;
                default:
                    throw new WeightsFormatException($"tensor '{name}' has an unknown property '{key}'");
            }
        });

        if (word is null || shape is null || offsets is null)
            throw new WeightsFormatException($"tensor '{name}' lacks {(word is null ? "its dtype" : shape is null ? "its shape" : "its offsets")}");
        if (!TensorTypes.TryParse(word, out TensorType type))
            throw new WeightsFormatException($"tensor '{name}' holds '{word}', which is none of {string.Join(", ", Enum.GetNames(typeof(TensorType)))}");
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > int.MaxValue)
            throw new WeightsFormatException($"tensor '{name}' has offsets [{string.Join(", ", offsets)}], not a range of bytes");

        long count = 1;
        foreach (long dimension in shape)
        {
            if (dimension > int.MaxValue || (count *= dimension) > int.MaxValue)
                throw new WeightsFormatException($"tensor '{name}' is too large: [{string.Join(", ", shape)}]");
        }

        if (offsets[1] - offsets[0] != count * type.Size())
            throw new WeightsFormatException($"tensor '{name}' has {offsets[1] - offsets[0]} bytes for {type}[{string.Join(", ", shape)}], not {count * type.Size()}");
        return new Entry(name, type, [.. shape.Select(d => (int)d)], offsets[0], offsets[1]);
    }

    private string Required(string key) =>
        Metadata.TryGetValue(key, out string? value) ? value : throw new WeightsFormatException($"metadata '{key}' is missing");

    private sealed record Entry(string Name, TensorType Type, int[] Shape, long Begin, long End);
}
