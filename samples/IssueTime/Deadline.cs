using System;
using Kml;

namespace IssueTimeSample;

/// <summary>What is known of a disk's mq-deadline: what waits in each direction, and where it dispatches.</summary>
public struct Deadline
{
    /// <summary>The expiries that it is set to: its read_expire and write_expire, in microseconds.</summary>
    public const int ReadExpiryUs = 100_000, WriteExpiryUs = 160_000;

    private const int SectorsPerPage = 8;

    /// <summary>It dispatches one direction at a time, each in a sweep of its own.</summary>
    public Sweep Reads, Writes;

    /// <summary>How many requests of one direction were issued in a row.</summary>
    public uint Batch;

    /// <summary>Whether these were writes.</summary>
    public bool Writing;

    /// <summary>The time in which it means to issue a request, in microseconds.</summary>
    public static int ExpiryUs(in BioQueue e) => e.Operation == IoOperation.Read ? ReadExpiryUs : WriteExpiryUs;

    /// <summary>Where the sweep of a direction stands, in sectors.</summary>
    public readonly ulong Head(bool write) => write ? Writes.Head : Reads.Head;

    /// <summary>What waits in a direction, in pages of 4 KiB.</summary>
    public readonly uint Waiting(bool write) => (write ? Writes.Sectors : Reads.Sectors) / SectorsPerPage;

    /// <summary>How far ahead of its sweep a bio lies, in sectors. Sweeps go upwards and start again at the bottom: what lies behind comes last.</summary>
    public readonly ulong Ahead(in BioQueue e)
    {
        ulong head = Head(e.Operation == IoOperation.Write);
        return e.Sector >= head ? e.Sector - head : e.Sector + e.DiskSectors - head;
    }

    /// <summary>A bio begins to wait.</summary>
    public void Queue(in BioQueue e)
    {
        switch (e.Operation)
        {
            case IoOperation.Read:
                Reads.Sectors += e.Sectors;
                break;
            case IoOperation.Write:
                Writes.Sectors += e.Sectors;
                break;
        }
    }

    /// <summary>A request goes to the disk.</summary>
    public void Issue(in BlockIssue e)
    {
        bool write = e.Operation == IoOperation.Write;
        if (!write && e.Operation != IoOperation.Read)
            return;

        ref Sweep sweep = ref (write ? ref Writes : ref Reads);
        sweep.Sectors -= Math.Min(sweep.Sectors, e.Sectors);
        sweep.Head = e.Sector + e.Sectors;
        Batch = Writing == write ? Batch + 1 : 1;
        Writing = write;
    }

    /// <summary>One direction.</summary>
    public struct Sweep
    {
        /// <summary>Where it stands: the sector behind the last request issued.</summary>
        public ulong Head;

        /// <summary>Sectors queued and not issued yet: unlike bios, neither merging nor splitting changes their sum.</summary>
        public uint Sectors;
    }
}
