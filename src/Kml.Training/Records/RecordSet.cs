using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using Kml.Model;

namespace Kml.Training;

/// <summary>
/// Records of a model, as its module writes them: raw bytes, one after the other, and the model whose layout they have. Those of a file are mapped into memory
/// and paged in as they are used, so that there may be terabytes of them.
/// </summary>
/// <remarks>
/// A file's mapping stays until it is disposed of, or the program ends: a span does not keep its memory alive, so nobody else may decide. The file must not be
/// cut short meanwhile.
/// </remarks>
public sealed class RecordSet : IDisposable
{
    internal const string RecordsTensor = "records";
    internal const string ModelTextKey = "kml.model_text";

    /// <summary>Bytes that a part has at most, as a span holds no more than 2 GiB.</summary>
    private const int PartBytes = 1 << 30;

    /// <summary>Mappings that nobody has disposed of.</summary>
    private static readonly HashSet<MappedBytes> Mapped = [];

    /// <summary>The records in parts of two to the power of <see cref="_shift"/> each, the last with what is left.</summary>
    private readonly ReadOnlyMemory<byte>[] _parts;
    private readonly int _shift;

    /// <summary>Where the first record is in the parts.</summary>
    private readonly long _first;
    private readonly MappedBytes? _mapped;

    /// <summary>Takes records.</summary>
    /// <param name="model">The model that collected them.</param>
    /// <param name="bytes">Whole records of its layout; not copied.</param>
    /// <exception cref="TrainingException">The bytes are no whole number of records.</exception>
    public RecordSet(ModelSpec model, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        Layout = RecordLayout.Of(model);
        if (bytes.Length % Layout.Size != 0)
        {
            throw new TrainingException($"{bytes.Length} bytes are no whole number of records of '{model.Name}', {Layout.Size} bytes each: "
                + "they were cut, or are of another model.");
        }

        _parts = [bytes];
        _shift = 31;
        Count = bytes.Length / Layout.Size;
    }

    private RecordSet(ModelSpec model, MappedBytes mapped, long offset, long count, int partBytes)
    {
        Model = model;
        Layout = RecordLayout.Of(model);
        Count = count;
        _mapped = mapped;
        _shift = BitOperations.Log2((uint)Math.Max(1, partBytes / Layout.Size));
        long part = 1L << _shift;
        _parts = new ReadOnlyMemory<byte>[(count + part - 1) >> _shift];
        for (int p = 0; p < _parts.Length; p++)
            _parts[p] = mapped.Column<byte>(RecordsTensor, offset + (p * part * Layout.Size), (int)Math.Min(part, count - (p * part)) * Layout.Size);
    }

    private RecordSet(RecordSet of, long first, long count)
    {
        Model = of.Model;
        Layout = of.Layout;
        _parts = of._parts;
        _shift = of._shift;
        _first = of._first + first;
        Count = count;
    }

    /// <summary>The model that collected the records.</summary>
    public ModelSpec Model { get; }

    /// <summary>Where the parts of a record lie.</summary>
    public RecordLayout Layout { get; }

    /// <summary>How many there are.</summary>
    public long Count { get; }

    /// <summary>The bytes of a record.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>Its bytes.</returns>
    public ReadOnlySpan<byte> this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
            long at = _first + index;
            return _parts[at >> _shift].Span.Slice((int)(at & ((1L << _shift) - 1)) * Layout.Size, Layout.Size);
        }
    }

    /// <summary>Takes records of a model that this program declares.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="bytes">Whole records of its layout; not copied.</param>
    /// <returns>The records.</returns>
    /// <exception cref="TrainingException">The bytes are no whole number of records.</exception>
    public static RecordSet Of<TModel>(ReadOnlyMemory<byte> bytes)
        where TModel : IKernelModel => new(ModelText.Read(TModel.CanonicalText), bytes);

    /// <summary>Reads records that <see cref="Save"/> wrote, so that training can be repeated without a kernel.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The records.</returns>
    /// <exception cref="TrainingException">It is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordSet Load(string path) => Load(path, PartBytes);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="partBytes">Bytes that a part has at most.</param>
    internal static RecordSet Load(string path, int partBytes)
    {
        MappedBytes? mapped = null;
        try
        {
            TensorFileHeader header;
            using (FileStream stream = File.OpenRead(path))
                header = TensorFileHeader.Read(stream);
            if (!header.Metadata.TryGetValue(ModelTextKey, out string? text))
                throw new TrainingException($"'{path}' holds no records: its metadata lack '{ModelTextKey}'.");
            ModelSpec model = ModelText.Read(text);
            TensorEntry records = header.Tensors.FirstOrDefault(t => t.Name == RecordsTensor)
                ?? throw new WeightsFormatException($"tensor '{RecordsTensor}' is missing");
            if (records.Type != TensorType.U8)
                throw new WeightsFormatException($"tensor '{RecordsTensor}' holds {records.Type}, not {TensorType.U8}");
            int size = RecordLayout.Of(model).Size;
            if (records.Count % size != 0)
            {
                throw new TrainingException($"{records.Count} bytes are no whole number of records of '{model.Name}', {size} bytes each: "
                    + "they were cut, or are of another model.");
            }

            if (records.Count == 0)
                return new RecordSet(model, ReadOnlyMemory<byte>.Empty);
            mapped = new MappedBytes(path);
            RecordSet set = new(model, mapped, header.DataOffset + records.Begin, records.Count / size, partBytes);
            lock (Mapped)
                Mapped.Add(mapped);
            return set;
        }
        catch (Exception e) when (e is WeightsFormatException or FormatException)
        {
            mapped?.Dispose();
            throw new TrainingException($"'{path}' is no usable file of records: {e.Message.TrimEnd('.')}. Collect again, or restore the file.", e);
        }
    }

    /// <summary>Writes the records with their model, whole or not at all.</summary>
    /// <param name="path">The file, by custom <c>&lt;model&gt;.records.safetensors</c>.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public void Save(string path)
    {
        using RecordWriter writer = new(Model, path);
        for (long i = 0; i < Count; i++)
            writer.Add(this[i]);
        writer.Commit();
    }

    /// <summary>A part of the records, which are not copied.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>The part; not to be used after these are disposed of.</returns>
    public RecordSet Slice(long first, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - first);
        return new RecordSet(this, first, count);
    }

    /// <summary>Unmaps the file, if the records are of one. They, parts and spans of them must not be used afterwards.</summary>
    public void Dispose()
    {
        if (_mapped is null)
            return;
        lock (Mapped)
            Mapped.Remove(_mapped);
        _mapped.Dispose();
    }

    /// <summary>The bytes of the event at which the model predicts.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> From(long index) => this[index].Slice(Layout.FromOffset, Layout.FromSize);

    /// <summary>The bytes of the event at which the label is known.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> To(long index) => this[index].Slice(Layout.ToOffset, Layout.ToSize);

    /// <summary>The bytes of the state as it was before the first event; none without a state.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> State(long index) => this[index].Slice(Layout.StateOffset, Layout.StateSize);

    /// <summary>The flags of a record, see <see cref="RecordHeader"/>.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The flags.</returns>
    public int Flags(long index) => BinaryPrimitives.ReadUInt16LittleEndian(this[index][RecordHeader.FlagsOffset..]);

    /// <summary>The sequence number of a record in its ring.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The number.</returns>
    internal ulong Sequence(long index) => BinaryPrimitives.ReadUInt64LittleEndian(this[index][RecordHeader.SequenceOffset..]);

    /// <summary>When the first event was, in nanoseconds of the kernel's monotonic clock. Every event begins with it.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The time.</returns>
    internal ulong Time(long index) => BinaryPrimitives.ReadUInt64LittleEndian(From(index));
}
