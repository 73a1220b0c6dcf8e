using System.Runtime.InteropServices;

namespace Kml.Runtime.Abi;

/// <summary>A cache line a CPU, written by the module alone: the twin of <c>struct kml_producer</c>. Head pairs with the reader's acquire.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProducerLine
{
    /// <summary>Records put into this ring. It goes back only while nobody has the device open.</summary>
    public ulong Head;

    /// <summary>Records for which there was no room, or that nobody took before the ring's memory was given back.</summary>
    public ulong Dropped;

    /// <summary>Records ever made on this CPU, put and dropped.</summary>
    public ulong Sequence;

    /// <summary>Fills the line.</summary>
    public fixed ulong Reserved[5];
}

/// <summary>A cache line a CPU, written by the reader alone: the twin of <c>struct kml_consumer</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ConsumerLine
{
    /// <summary>Records taken from this ring. Released after the last byte of a record was read.</summary>
    public ulong Tail;

    /// <summary>Fills the line.</summary>
    public fixed ulong Reserved[7];
}
