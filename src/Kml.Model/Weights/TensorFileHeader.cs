using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Model.Weights;

namespace Kml.Model;

/// <summary>
/// The header of a safetensors file (u64 length of the header, JSON header, data), read strictly: what the file holds and where, without its data.
/// The tensors fill the data without gap or overlap.
/// </summary>
public sealed class TensorFileHeader
{
    internal const string MetadataKey = "__metadata__";

    private const int LengthBytes = 8;
    private const long MaxHeader = 100_000_000;
    private const long MaxElements = 1L << 56;

    private TensorFileHeader(IReadOnlyDictionary<string, string> metadata, int? digestOffset, EquatableArray<TensorEntry> tensors, long dataOffset)
    {
        DigestOffset = digestOffset;
        Metadata = metadata;
        Tensors = tensors;
        DataOffset = dataOffset;
    }

    /// <summary>The metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors, in the order of their data.</summary>
    public EquatableArray<TensorEntry> Tensors { get; }

    /// <summary>Bytes from the beginning of the file to the data.</summary>
    public long DataOffset { get; }

    /// <summary>Bytes from the beginning of the file to the digits of its digest; null if it has none.</summary>
    internal int? DigestOffset { get; }

    /// <summary>Reads the header of a file, and no more of it.</summary>
    /// <param name="stream">The file from its beginning; of known length.</param>
    /// <returns>The header.</returns>
    /// <exception cref="WeightsFormatException">It is no such file; the message says where it fails.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TensorFileHeader Read(Stream stream) => Read(stream, out _);

    /// <summary>Reads the header of a file, and no more of it.</summary>
    /// <param name="stream">The file from its beginning; of known length.</param>
    /// <param name="bytes">The file up to its data, as it was read.</param>
    /// <returns>The header.</returns>
    internal static TensorFileHeader Read(Stream stream, out byte[] bytes)
    {
        byte[] length = new byte[LengthBytes];
        Fill(stream, length, 0);
        bytes = new byte[DataStart(length, stream.Length)];
        length.CopyTo(bytes, 0);
        Fill(stream, bytes, LengthBytes);
        return Parse(bytes, stream.Length);
    }

    /// <summary>Parses a header.</summary>
    /// <param name="bytes">The file, at least up to its data.</param>
    /// <param name="fileLength">Bytes of the whole file.</param>
    /// <returns>The header.</returns>
    internal static TensorFileHeader Parse(byte[] bytes, long fileLength)
    {
        int start = DataStart(bytes, fileLength);
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        List<TensorEntry> entries = [];
        HeaderReader header = new(bytes, LengthBytes, start);
        int? digest = null;
        header.Object("the header", key =>
        {
            if (key == MetadataKey)
            {
                header.Object("the metadata", k =>
                {
                    metadata.Add(k, header.String($"metadata '{k}'"));
                    if (k == FileDigest.Key)
                        digest = FileDigest.Offset(metadata[k], header.Position);
                });
            }
            else
            {
                entries.Add(ReadEntry(header, key));
            }
        });
        header.End();

        long end = 0;
        TensorEntry[] ordered = [.. entries.OrderBy(e => e.Begin).ThenBy(e => e.End)];
        foreach (TensorEntry entry in ordered)
        {
            if (entry.Begin != end)
                throw new WeightsFormatException($"tensor '{entry.Name}' begins at data byte {entry.Begin}, not at {end} where the one before it ends");
            end = entry.End;
        }

        return end == fileLength - start
            ? new TensorFileHeader(metadata, digest, new(ordered), start)
            : throw new WeightsFormatException($"the tensors take {end} bytes, and the file holds {fileLength - start} after its header");
    }

    /// <summary>The bytes of a file before its data.</summary>
    /// <param name="metadata">The metadata, in order.</param>
    /// <param name="tensors">The tensors, in the order of their data, without gap.</param>
    /// <param name="least">Bytes that they take at least, a multiple of 8: blanks fill them up.</param>
    /// <returns>The bytes; a multiple of 8.</returns>
    public static byte[] Write(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<TensorEntry> tensors, int least = 0)
    {
        byte[] header = HeaderWriter.Write(metadata, tensors, least - LengthBytes);
        byte[] bytes = new byte[LengthBytes + header.Length];
        BitConverter.GetBytes((ulong)header.Length).CopyTo(bytes, 0);
        header.CopyTo(bytes, LengthBytes);
        return bytes;
    }

    private static int DataStart(byte[] bytes, long fileLength)
    {
        if (fileLength < LengthBytes)
            throw new WeightsFormatException($"the file has {fileLength} bytes and cannot hold the header's length, {LengthBytes} bytes");
        ulong length = BitConverter.ToUInt64(bytes, 0);
        if (length > MaxHeader)
            throw new WeightsFormatException($"the header's length is {length}, over the format's limit of {MaxHeader}");
        if (length > (ulong)(fileLength - LengthBytes))
            throw new WeightsFormatException($"the header's length is {length}, and only {fileLength - LengthBytes} bytes follow");
        return LengthBytes + (int)length;
    }

    private static void Fill(Stream stream, byte[] bytes, int at)
    {
        while (at < bytes.Length)
        {
            int read = stream.Read(bytes, at, bytes.Length - at);
            if (read == 0)
                return;
            at += read;
        }
    }

    private static TensorEntry ReadEntry(HeaderReader header, string name)
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
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw new WeightsFormatException($"tensor '{name}' has offsets [{string.Join(", ", offsets)}], not a range of bytes");

        long count = 1;
        foreach (long dimension in shape)
        {
            if (dimension > 0 && count > MaxElements / dimension)
                throw new WeightsFormatException($"tensor '{name}' is too large: [{string.Join(", ", shape)}]");
            count *= dimension;
        }

        long bytes = offsets[1] - offsets[0];
        if (bytes != count * type.Size())
            throw new WeightsFormatException($"tensor '{name}' has {bytes} bytes for {type}[{string.Join(", ", shape)}], not {count * type.Size()}");
        return new TensorEntry(name, type, new(shape), offsets[0], offsets[1]);
    }
}
