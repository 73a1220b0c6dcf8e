using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kml.Model;

namespace Kml.Runtime;

/// <summary>
/// One labelled request, read in place: the bytes are those of the ring (or of a file) and are valid only while the caller's handler runs.
/// Scalars are 32 bits, to be read by their type in the model.
/// </summary>
/// <param name="bytes">The record.</param>
/// <param name="layout">Where its parts lie.</param>
/// <param name="cpu">The CPU whose ring it came from.</param>
public readonly ref struct Record(ReadOnlySpan<byte> bytes, RecordLayout layout, int cpu)
{
    private readonly RecordLayout _layout = layout;

    /// <summary>All bytes of the record.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The CPU whose ring it came from: the one on which the label became known.</summary>
    public int Cpu { get; } = cpu;

    /// <summary>The number of the record among those made on its CPU, dropped ones included.</summary>
    public ulong Sequence => BinaryPrimitives.ReadUInt64LittleEndian(Bytes[RecordHeader.SequenceOffset..]);

    /// <summary>The version of the weights, 0 without weights.</summary>
    public uint WeightsVersion => Word(RecordHeader.WeightsVersionOffset);

    /// <summary>The disk, <c>major &lt;&lt; 20 | minor</c>.</summary>
    public uint Device => Word(RecordHeader.DeviceOffset);

    /// <summary>The prediction's bits; valid if <see cref="RecordFlags.Predicted"/>.</summary>
    public uint Prediction => Word(RecordHeader.PredictionOffset);

    /// <summary>The label's bits; valid if <see cref="RecordFlags.LabelValid"/>.</summary>
    public uint Label => Word(RecordHeader.LabelOffset);

    /// <summary>The probability with which the record was included, 65536 = 1.</summary>
    public uint Inclusion => Word(RecordHeader.InclusionOffset);

    /// <summary>What is true of the record.</summary>
    public RecordFlags Flags => (RecordFlags)BinaryPrimitives.ReadUInt16LittleEndian(Bytes[RecordHeader.FlagsOffset..]);

    /// <summary>Which engine predicted.</summary>
    public PredictionFormat Format => (PredictionFormat)Bytes[RecordHeader.FormatOffset];

    /// <summary>Nanoseconds that the prediction took, features and guard included; 0 without one.</summary>
    public ulong PredictNs => BinaryPrimitives.ReadUInt64LittleEndian(Bytes[RecordHeader.PredictNsOffset..]);

    /// <summary>The features' bits; valid if <see cref="RecordFlags.Predicted"/>.</summary>
    public ReadOnlySpan<uint> Features =>
        MemoryMarshal.Cast<byte, uint>(Bytes.Slice(_layout.FeaturesOffset, 4 * _layout.FeatureCount));

    /// <summary>The event at which the model predicts.</summary>
    public ReadOnlySpan<byte> From => Bytes.Slice(_layout.FromOffset, _layout.FromSize);

    /// <summary>The event at which the label is known.</summary>
    public ReadOnlySpan<byte> To => Bytes.Slice(_layout.ToOffset, _layout.ToSize);

    /// <summary>The state as it was before <see cref="From"/>; empty if the model keeps none.</summary>
    public ReadOnlySpan<byte> State => Bytes.Slice(_layout.StateOffset, _layout.StateSize);

    /// <summary>Whether all of some flags are set.</summary>
    /// <param name="flags">The flags.</param>
    /// <returns>True if all are.</returns>
    public bool Has(RecordFlags flags) => (Flags & flags) == flags;

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes[offset..]);
}

/// <summary>Takes one record. Its bytes may be overwritten as soon as this returns: copy what is to stay.</summary>
/// <param name="record">The record.</param>
public delegate void RecordHandler(in Record record);
