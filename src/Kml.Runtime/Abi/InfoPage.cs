using System.Runtime.InteropServices;

namespace Kml.Runtime.Abi;

/// <summary>The first page of the mapping: the twin of <c>struct kml_info</c>. Written once, by the module, before the device exists.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InfoPage
{
    public uint Magic;
    public uint AbiVersion;
    public uint RecordSize;
    public uint Features;
    public uint FeaturesOffset;
    public uint FromOffset;
    public uint ToOffset;
    public uint StateOffset;
    public uint StateSize;
    public uint FromKind;
    public uint ToKind;
    public uint Cpus;
    public uint RingRecords;
    public uint HasWeights;
    public uint WeightsVersion;
    public uint HasInteger;
    public ulong ProducerOffset;
    public ulong ConsumerOffset;
    public ulong DataOffset;
    public ulong DataStride;
    public ulong MappingSize;
    public fixed byte Model[ModelLength];
    public fixed byte Fingerprint[FingerprintLength];

    public const int ModelLength = 56;
    public const int FingerprintLength = 72;
}
