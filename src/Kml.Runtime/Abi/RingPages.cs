using System.Runtime.InteropServices;

namespace Kml.Runtime;

/// <summary>Written by the module alone: the twin of <c>struct kml_producer</c>. Head pairs with the reader's acquire.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProducerPage
{
    /// <summary>Records ever put into this ring.</summary>
    public ulong Head;

    /// <summary>Records that found the ring full.</summary>
    public ulong Dropped;

    /// <summary>Records ever made on this CPU, put and dropped.</summary>
    public ulong Sequence;
}

/// <summary>Written by the reader alone: the twin of <c>struct kml_consumer</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ConsumerPage
{
    /// <summary>Records taken from this ring. Released after the last byte of a record was read.</summary>
    public ulong Tail;
}
