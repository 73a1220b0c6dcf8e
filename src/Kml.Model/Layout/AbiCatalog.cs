using System.Collections.Generic;

namespace Kml.Model;

/// <summary>
/// What the module and user space agree on, but for the events (<see cref="EventCatalog"/>): rows from which <c>kml_abi.h</c> is rendered, and against which
/// tests hold every field, offset, flag and number of the C# side. A change of any raises <see cref="Version"/>.
/// </summary>
public static class AbiCatalog
{
    /// <summary>Raised by every change of a layout or a number.</summary>
    public const uint Version = 2;

    /// <summary>"KML1" in little endian.</summary>
    public const uint Magic = 0x314c4d4b;

    /// <summary>Of all requests of the device.</summary>
    public const uint RequestType = 0xb7;

    /// <summary>With what every record begins.</summary>
    public static AbiStruct RecordHeader { get; } = new("record_header", EquatableArray.Of(
        new AbiField("Sequence", ScalarType.U64),
        new AbiField("WeightsVersion", ScalarType.U32),
        new AbiField("Device", ScalarType.U32),
        new AbiField("Prediction", ScalarType.U32),
        new AbiField("Label", ScalarType.U32),
        new AbiField("Inclusion", ScalarType.U32),
        new AbiField("Flags", ScalarType.U16),
        new AbiField("Format", ScalarType.U8),
        new AbiField("ReservedByte", ScalarType.U8),
        new AbiField("PredictNs", ScalarType.U64),
        new AbiField("Reserved", ScalarType.U64)));

    /// <summary>What is true of a record.</summary>
    public static IReadOnlyList<AbiNumber> RecordFlags { get; } =
    [
        new("Predicted", 1, "features, format and prediction are valid"),
        new("LabelValid", 2, "the label was computed"),
        new("WouldAct", 4, "the policy asked for an action"),
        new("Acted", 8, "it was carried out"),
        new("HeldOut", 16, "in the share on which nothing is"),
        new("Verdict", 32, "the verdict on the prediction"),
        new("LabelVerdict", 64, "the verdict on the label"),
    ];

    /// <summary>Who predicted.</summary>
    public static IReadOnlyList<AbiNumber> Formats { get; } = [new("None", 0), new("Float", 1), new("Integer", 2)];

    /// <summary>The first page of the mapping.</summary>
    public static AbiStruct Info { get; } = new("info", EquatableArray.Of(
        new AbiField("Magic", ScalarType.U32),
        new AbiField("AbiVersion", ScalarType.U32),
        new AbiField("RecordSize", ScalarType.U32),
        new AbiField("Features", ScalarType.U32),
        new AbiField("FeaturesOffset", ScalarType.U32),
        new AbiField("FromOffset", ScalarType.U32),
        new AbiField("ToOffset", ScalarType.U32),
        new AbiField("StateOffset", ScalarType.U32),
        new AbiField("StateSize", ScalarType.U32),
        new AbiField("FromKind", ScalarType.U32),
        new AbiField("ToKind", ScalarType.U32),
        new AbiField("Cpus", ScalarType.U32),
        new AbiField("RingRecords", ScalarType.U32, Meaning: "a power of two"),
        new AbiField("HasWeights", ScalarType.U32),
        new AbiField("WeightsVersion", ScalarType.U32),
        new AbiField("HasInteger", ScalarType.U32, Meaning: "there is an integer twin"),
        new AbiField("ProducerOffset", ScalarType.U64),
        new AbiField("ConsumerOffset", ScalarType.U64),
        new AbiField("DataOffset", ScalarType.U64),
        new AbiField("DataStride", ScalarType.U64),
        new AbiField("MappingSize", ScalarType.U64),
        new AbiField("Model", ScalarType.U8, 56, IsText: true),
        new AbiField("Fingerprint", ScalarType.U8, 72, IsText: true, Meaning: "SHA-256, hexadecimal, NUL")));

    /// <summary>What the kernel writes of a ring: a cache line.</summary>
    public static AbiStruct Producer { get; } = new("producer", EquatableArray.Of(
        new AbiField("Head", ScalarType.U64),
        new AbiField("Dropped", ScalarType.U64),
        new AbiField("Sequence", ScalarType.U64),
        new AbiField("Reserved", ScalarType.U64, 5)));

    /// <summary>What user space writes of a ring: a cache line.</summary>
    public static AbiStruct Consumer { get; } = new("consumer", EquatableArray.Of(
        new AbiField("Tail", ScalarType.U64),
        new AbiField("Reserved", ScalarType.U64, 7)));

    /// <summary>The structs.</summary>
    public static IReadOnlyList<AbiStruct> Structs { get; } = [RecordHeader, Info, Producer, Consumer];

    /// <summary>Reads the info page.</summary>
    public static AbiRequest GetInfo { get; } = new("Info", 1, Writes: false, Info.Size);

    /// <summary>Sets at how many records in one ring <c>poll</c> wakes.</summary>
    public static AbiRequest SetWatermark { get; } = new("Watermark", 2, Writes: true, sizeof(uint));

    /// <summary>The requests of the device.</summary>
    public static IReadOnlyList<AbiRequest> Requests { get; } = [GetInfo, SetWatermark];
}
