using System;

namespace Kml.Runtime;

/// <summary>
/// Keeps copies of records in memory, whole and one after the other, at most 2 GiB of them; <see cref="Add"/> is a <see cref="RecordHandler"/>.
/// A recording of any size goes to a file as it comes.
/// </summary>
/// <param name="capacity">Records at most.</param>
/// <param name="recordSize">Bytes of a record.</param>
/// <exception cref="ArgumentOutOfRangeException">They are more than an array holds.</exception>
public sealed class RecordBuffer(int capacity, int recordSize)
{
    private readonly byte[] _bytes = new byte[SizeOf(capacity, recordSize)];

    /// <summary>Records that it can keep.</summary>
    public int Capacity => capacity;

    /// <summary>Records kept.</summary>
    public int Count { get; private set; }

    /// <summary>The records, one after the other.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Count * recordSize);

    /// <summary>Keeps a copy of a record.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="ArgumentException">It has another size, or the buffer is full.</exception>
    public void Add(in Record record)
    {
        if (record.Bytes.Length != recordSize)
            throw new ArgumentException($"The buffer keeps records of {recordSize} bytes, not of {record.Bytes.Length}.", nameof(record));
        if (Count == capacity)
            throw new ArgumentException($"The buffer is full: it was made for {capacity} records.", nameof(record));
        record.Bytes.CopyTo(_bytes.AsSpan(Count * recordSize));
        Count++;
    }

    private static long SizeOf(int capacity, int recordSize) => (long)capacity * recordSize <= Array.MaxLength
        ? (long)capacity * recordSize
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, FormattableString.Invariant($"A buffer keeps at most {Array.MaxLength / recordSize} records of {recordSize} bytes; write more of them to a file as they come."));
}
