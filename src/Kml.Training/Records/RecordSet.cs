using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Kml.Model;

namespace Kml.Training;

/// <summary>Records of a model, as its module writes them: raw bytes, one after the other, and the model whose layout they have.</summary>
public sealed class RecordSet
{
    private const string RecordsTensor = "records";
    private const string ModelTextKey = "kml.model_text";

    private readonly ReadOnlyMemory<byte> _bytes;

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
            throw new TrainingException($"{bytes.Length} bytes are no whole number of records of '{model.Name}', {Layout.Size} bytes each: they were cut, or are of another model.");
        _bytes = bytes;
        Count = bytes.Length / Layout.Size;
    }

    /// <summary>The model that collected the records.</summary>
    public ModelSpec Model { get; }

    /// <summary>Where the parts of a record lie.</summary>
    public RecordLayout Layout { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The bytes of a record.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>Its bytes.</returns>
    public ReadOnlySpan<byte> this[int index] => _bytes.Span.Slice(index * Layout.Size, Layout.Size);

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
    public static RecordSet Load(string path)
    {
        try
        {
            WeightsFile file = WeightsFile.Read(path);
            if (!file.Metadata.TryGetValue(ModelTextKey, out string? text))
                throw new TrainingException($"'{path}' holds no records: its metadata lack '{ModelTextKey}'.");
            return new RecordSet(ModelText.Read(text), file[RecordsTensor].ToArray<byte>());
        }
        catch (Exception e) when (e is WeightsFormatException or FormatException)
        {
            throw new TrainingException($"'{path}' is no usable file of records: {e.Message.TrimEnd('.')}. Collect again, or restore the file.", e);
        }
    }

    /// <summary>Writes the records with their model, whole or not at all.</summary>
    /// <param name="path">The file, by custom <c>&lt;model&gt;.records.safetensors</c>.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) =>
        new WeightsFile(
            new Dictionary<string, string>
            {
                [WeightsFile.ModelKey] = Model.Name,
                [WeightsFile.FingerprintKey] = ModelText.Fingerprint(Model),
                [ModelTextKey] = ModelText.Write(Model),
            },
            [WeightsTensor.Of(RecordsTensor, _bytes.ToArray(), Count, Layout.Size)]).Write(path);

    /// <summary>The bytes of the event at which the model predicts.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> From(int index) => this[index].Slice(Layout.FromOffset, Layout.FromSize);

    /// <summary>The bytes of the event at which the label is known.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> To(int index) => this[index].Slice(Layout.ToOffset, Layout.ToSize);

    /// <summary>The bytes of the state as it was before the first event; none without a state.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> State(int index) => this[index].Slice(Layout.StateOffset, Layout.StateSize);

    /// <summary>The flags of a record, see <see cref="RecordHeader"/>.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The flags.</returns>
    public int Flags(int index) => BinaryPrimitives.ReadUInt16LittleEndian(this[index][RecordHeader.FlagsOffset..]);

    /// <summary>The sequence number of a record in its ring.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The number.</returns>
    internal ulong Sequence(int index) => BinaryPrimitives.ReadUInt64LittleEndian(this[index][RecordHeader.SequenceOffset..]);

    /// <summary>When the first event was, in nanoseconds of the kernel's monotonic clock. Every event begins with it.</summary>
    /// <param name="index">The record's index.</param>
    /// <returns>The time.</returns>
    internal ulong Time(int index) => BinaryPrimitives.ReadUInt64LittleEndian(From(index));
}
