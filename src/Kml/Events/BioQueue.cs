using System.Runtime.InteropServices;

namespace Kml;

/// <summary>A bio enters the block layer (tracepoint <c>block_bio_queue</c>). Usually task context. 48 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct BioQueue
{
    /// <summary>When, on the kernel's monotonic clock, in nanoseconds; never before the events of the same disk that updates have seen.</summary>
    public ulong TimeNs { readonly get; init; }

    /// <summary>First sector, in units of 512 bytes from the start of the whole disk.</summary>
    public ulong Sector { readonly get; init; }

    /// <summary>Capacity of the disk, in sectors of 512 bytes; at least 1.</summary>
    public ulong DiskSectors { readonly get; init; }

    /// <summary>Length, in sectors of 512 bytes.</summary>
    public uint Sectors { readonly get; init; }

    /// <summary>The disk's number, <c>major &lt;&lt; 20 | minor</c>.</summary>
    public uint Device { readonly get; init; }

    /// <summary>What it does.</summary>
    public IoOperation Operation { readonly get; init; }

    /// <summary>Its properties.</summary>
    public IoFlags Flags { readonly get; init; }

    // Declared here, not at the top: the order of fields is the layout.
    private uint _priority;

    /// <summary>The raw I/O priority: class in bits 13 to 15 (see <see cref="IoPriority"/>), level below.</summary>
    public uint Priority { readonly get => _priority; init => _priority = value; }

    /// <summary>The CPU on which the event was seen.</summary>
    public uint Cpu { readonly get; init; }

    /// <summary>
    /// Asks for a higher class of priority, at its middle level. mq-deadline obeys it. A bio whose class is already as high keeps its own:
    /// real time is above best effort (and unset), which is above idle.
    /// </summary>
    /// <param name="priority">The class asked for.</param>
    public void RaisePriority(IoPriority priority)
    {
        if (Rank((uint)priority) > Rank(Priority >> 13))
            _priority = ((uint)priority << 13) | 4;
    }

    private static int Rank(uint priorityClass) => priorityClass switch { 1 => 3, 0 or 2 => 2, 3 => 1, _ => 0 };
}
