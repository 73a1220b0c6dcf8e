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

    private readonly ModelSpec _model;
    private readonly int _size;
    private readonly WholeFile _file;
    private readonly int _header;

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
        _file.Content.Position = _header;
    }

    /// <summary>Records written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes records.</summary>
    /// <param name="records">Whole records, one after the other.</param>
    /// <exception cref="TrainingException">They are not whole.</exception>
    /// <exception cref="IOException">There is no room for them.</exception>
    public void Add(ReadOnlySpan<byte> records)
    {
        if (records.Length % _size != 0)
            throw new TrainingException($"{records.Length} bytes are no whole number of records of '{_model.Name}', {_size} bytes each: they were cut, or are of another model.");
        _file.Content.Write(records);
        Count += records.Length / _size;
    }

    /// <summary>Puts the file in its place, with the records written so far.</summary>
    /// <exception cref="IOException">It cannot be; what was there stays.</exception>
    public void Commit()
    {
        // A record of which only a part was written, as the disk was full, is not counted.
        _file.Content.SetLength(_header + (Count * _size));
        _file.Content.Position = 0;
        _file.Content.Write(Header(Count, _header));
        _file.Commit();
    }

    /// <summary>Gives up what was not put in its place.</summary>
    public void Dispose() => _file.Dispose();

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
