using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Model.Weights;

namespace Kml.Model;

/// <summary>
/// A weights file: safetensors (see <see cref="TensorFileHeader"/>), in memory, each tensor at most <see cref="MaxTensorBytes"/>. Equal content is written as
/// equal bytes.
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

    /// <summary>Bytes that a tensor may take: what one array holds.</summary>
    public const int MaxTensorBytes = 0x7fffffc7;

    /// <summary>
    /// Metadata key: the SHA-256 of the whole file, as 64 lower-case hexadecimal digits, taken while these digits are zeros. Computed when the file is written;
    /// no part of <see cref="Metadata"/>.
    /// </summary>
    public const string DigestKey = FileDigest.Key;

    private readonly Dictionary<string, WeightsTensor> _byName;

    /// <summary>Makes a file's content.</summary>
    /// <param name="metadata">The metadata; not <see cref="DigestKey"/>, which is computed when the file is written.</param>
    /// <param name="tensors">The tensors, in any order.</param>
    /// <exception cref="ArgumentException">A key or a tensor's name appears twice, or the digest is among the metadata.</exception>
    public WeightsFile(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<WeightsTensor> tensors)
    {
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in metadata)
        {
            if (entry.Key == DigestKey)
                throw new ArgumentException($"'{DigestKey}' is computed when the file is written.", nameof(metadata));
            sorted.Add(entry.Key, entry.Value);
        }

        Metadata = sorted;

        // Widest elements first: every tensor is then aligned to its own element.
        Tensors = tensors.OrderByDescending(t => t.Type.Size()).ThenBy(t => t.Name, StringComparer.Ordinal).ToEquatableArray();
        _byName = Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The metadata, ordered by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether the bytes that this was read from carried their digest, and it held.</summary>
    public bool HadDigest { get; private init; }

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
    public static WeightsFile Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        if (file.CanSeek && file.Length > 0)
            return Read(file);

        // A pipe, or a file that does not say how long it is.
        using MemoryStream all = new();
        file.CopyTo(all);
        all.Position = 0;
        return Read(all);
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="WeightsFormatException">
    /// They are no weights file, or not the bytes that their digest was taken of; the message says where they fail.
    /// </exception>
    public static WeightsFile Parse(byte[] bytes)
    {
        using MemoryStream stream = new(bytes, writable: false);
        return Read(stream);
    }

    /// <summary>The bytes of the file, its digest among them.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidOperationException">They are more than an array holds; <see cref="Write(Stream)"/> writes any number.</exception>
    public byte[] ToBytes()
    {
        (byte[] header, long data) = Layout();
        if (header.Length + data > MaxTensorBytes)
            throw new InvalidOperationException($"The file takes {header.Length + data} bytes, and an array holds {MaxTensorBytes}: write it to a stream.");
        byte[] bytes = new byte[header.Length + data];
        using MemoryStream stream = new(bytes);
        Write(stream, header);
        return bytes;
    }

    /// <summary>Writes the file's bytes.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream) => Write(stream, Layout().Header);

    /// <summary>Writes the file whole or not at all: a reader sees the old content or the new. Makes its folder if needed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public void Write(string path) => WholeFile.Write(path, Write);

    private static WeightsFile Read(Stream stream)
    {
        TensorFileHeader header = TensorFileHeader.Read(stream, out byte[] bytes);
        WeightsTensor[] tensors = [.. header.Tensors.Select(t => WeightsTensor.Read(t, stream))];
        if (header.DigestOffset is int digest)
            FileDigest.Verify(bytes, digest, tensors);
        return new WeightsFile(header.Metadata.Where(m => m.Key != DigestKey), tensors) { HadDigest = header.DigestOffset is not null };
    }

    /// <summary>The bytes before the data, the digest of all among them, and how many bytes the data take.</summary>
    private (byte[] Header, long DataBytes) Layout()
    {
        List<TensorEntry> entries = [];
        long end = 0;
        foreach (WeightsTensor tensor in Tensors)
            entries.Add(new TensorEntry(tensor.Name, tensor.Type, new(tensor.Shape.Select(d => (long)d)), end, end += tensor.ByteCount));
        byte[] header = TensorFileHeader.Write(Metadata.Append(FileDigest.Blank).OrderBy(m => m.Key, StringComparer.Ordinal), entries);
        FileDigest.Seal(header, TensorFileHeader.Parse(header, header.Length + end).DigestOffset!.Value, Tensors);
        return (header, end);
    }

    private void Write(Stream stream, byte[] header)
    {
        stream.Write(header, 0, header.Length);
        foreach (WeightsTensor tensor in Tensors)
            tensor.WriteTo(stream);
    }

    private string Required(string key) =>
        Metadata.TryGetValue(key, out string? value) ? value : throw new WeightsFormatException($"metadata '{key}' is missing");
}
