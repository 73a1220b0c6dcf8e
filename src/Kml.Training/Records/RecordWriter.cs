using System;
using System.Collections.Generic;
using System.IO;
using Kml.Model;

namespace Kml.Training;

/// <summary>
/// Writes records to a file as they come, so that a recording may be far larger than memory: nothing of it is kept. The file is there whole when
/// <see cref="Commit"/> returns, and not at all before; what is collected in between lies in a file beside it.
/// </summary>
public sealed class RecordWriter : IDisposable
{
    private const long MostRecords = 1_000_000_000_000_000;

    private const int PendingBytes = 1 << 16;

    private readonly ModelSpec _model;
    private readonly int _size;
    private readonly WholeFile _file;
    private readonly int _header;
    private readonly byte[] _pending;
    private int _pendingBytes;

    /// <summary>Begins a file.</summary>
    /// <param name="model">The model that collects.</param>
    /// <param name="path">The file, by custom <c>&lt;model&gt;.records.safetensors</c>.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public RecordWriter(ModelSpec model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _size = RecordLayout.Of(model).Size;

        // How many records come is known at the end, and said at the beginning: room is left for any number.
        _header = Header(MostRecords, 0).Length;
        _file = new WholeFile(path, rewinds: true);

        // The header's place is taken now, so that there is room for it even when there is none for another record.
        _file.Content.Write(Header(0, _header));
        _pending = new byte[Math.Max(1, PendingBytes / _size) * _size];
    }

    /// <summary>Records written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes records.</summary>
    /// <param name="records">Whole records, one after the other.</param>
    /// <exception cref="TrainingException">They are not whole.</exception>
    /// <exception cref="IOException">
    /// There is no room for them: those that are not counted are lost, and what is counted can be put in its place all the same.
    /// </exception>
    public void Add(ReadOnlySpan<byte> records)
    {
        if (records.Length % _size != 0)
        {
            throw new TrainingException($"{records.Length} bytes are no whole number of records of '{_model.Name}', {_size} bytes each: "
                + "they were cut, or are of another model.");
        }

        while (records.Length > 0)
        {
            int taken = Math.Min(records.Length, _pending.Length - _pendingBytes);
            records[..taken].CopyTo(_pending.AsSpan(_pendingBytes));
            _pendingBytes += taken;
            Count += taken / _size;
            records = records[taken..];
            if (_pendingBytes == _pending.Length)
                Flush();
        }
    }

    /// <summary>Puts the file in its place, with the records written so far.</summary>
    /// <exception cref="IOException">It cannot be; what was there stays.</exception>
    public void Commit()
    {
        Flush();

        // What was written of records that are not counted goes.
        _file.Content.SetLength(_header + (Count * _size));
        _file.Content.Position = 0;
        _file.Content.Write(Header(Count, _header));
        _file.Commit();
    }

    /// <summary>Gives up what was not put in its place.</summary>
    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        int bytes = _pendingBytes;
        _pendingBytes = 0;
        try
        {
            _file.Content.Write(_pending, 0, bytes);
        }
        catch (IOException)
        {
            Count -= bytes / _size;
            throw;
        }
    }

    private byte[] Header(long count, int least) => TensorFileHeader.Write(
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [WeightsFile.ModelKey] = _model.Name,
            [WeightsFile.FingerprintKey] = ModelText.Fingerprint(_model),
            [RecordSet.ModelTextKey] = ModelText.Write(_model),
        },
        [new TensorEntry(RecordSet.RecordsTensor, TensorType.U8, EquatableArray.Of(count, _size), 0, count * _size)],
        least);
}
