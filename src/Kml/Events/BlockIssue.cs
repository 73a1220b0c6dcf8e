using System.Runtime.InteropServices;

namespace Kml;

/// <summary>A request is handed to the driver (tracepoint <c>block_rq_issue</c>). Task or softirq context. 56 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct BlockIssue
{
    /// <summary>When, on the kernel's monotonic clock, in nanoseconds; never before the events of the same disk that updates have seen.</summary>
    public ulong TimeNs { get; init; }

    /// <summary>First sector, in units of 512 bytes from the start of the whole disk.</summary>
    public ulong Sector { get; init; }

    /// <summary>Capacity of the disk, in sectors of 512 bytes; at least 1.</summary>
    public ulong DiskSectors { get; init; }

    /// <summary>Length, in sectors of 512 bytes.</summary>
    public uint Sectors { get; init; }

    /// <summary>The disk's number, <c>major &lt;&lt; 20 | minor</c>.</summary>
    public uint Device { get; init; }

    /// <summary>What it does.</summary>
    public IoOperation Operation { get; init; }

    /// <summary>Its properties.</summary>
    public IoFlags Flags { get; init; }

    /// <summary>The raw I/O priority: class in bits 13 to 15 (see <see cref="IoPriority"/>), level below.</summary>
    public uint Priority { get; init; }

    /// <summary>The CPU on which the event was seen.</summary>
    public uint Cpu { get; init; }

    /// <summary>Bios in the request's chain, counted to at most 1,024.</summary>
    public uint Bios { get; init; }

    /// <summary>Zero.</summary>
    public uint Reserved { get; init; }
}
