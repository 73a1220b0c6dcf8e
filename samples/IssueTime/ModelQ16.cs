using System;
using Kml;

namespace IssueTimeSample;

/// <summary>
/// <see cref="IssueTime"/> without floating point: features in <see cref="Q16"/>, a label in whole microseconds. It has an integer twin,
/// which answers where the FPU may not be used.
/// </summary>
[KernelModel("issue_time_q16")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(16, Activation.Relu)]
[Dense(16, Activation.Relu)]
[Dense(1)]
[Ring(Records = 4096, WhenFull = WhenFull.Drop)]
public partial class IssueTimeQ16
{
    /// <summary>The expiries that the scheduler is set to: fifo_time of mq-deadline, in microseconds.</summary>
    private const int ReadExpiryUs = IssueTime.ReadExpiryUs, WriteExpiryUs = IssueTime.WriteExpiryUs;

    /// <summary>What is known of a disk's scheduler: what waits in each direction, and where it dispatches.</summary>
    [State(Scope = Scope.PerDevice)]
    public struct Queue
    {
        /// <summary>Where the sweep of each direction stands: the sector behind the last request issued.</summary>
        public ulong ReadHead, WriteHead;

        /// <summary>Sectors queued and not issued yet: unlike bios, neither merging nor splitting changes their sum.</summary>
        public uint ReadSectors, WriteSectors;

        /// <summary>Whether the last request issued was a write (1) or a read (0), and how many of that direction went in a row.</summary>
        public uint Direction, Batch;
    }

    [Update]
    private static void On(in BioQueue e, ref Queue q)
    {
        if (e.Operation == IoOperation.Read)
            q.ReadSectors += e.Sectors;
        else if (e.Operation == IoOperation.Write)
            q.WriteSectors += e.Sectors;
    }

    [Update]
    private static void On(in BlockIssue e, ref Queue q)
    {
        if (e.Operation == IoOperation.Read)
        {
            q.ReadSectors -= Math.Min(q.ReadSectors, e.Sectors);
            q.ReadHead = e.Sector + e.Sectors;
            q.Batch = q.Direction == 0 ? q.Batch + 1 : 1;
            q.Direction = 0;
        }
        else if (e.Operation == IoOperation.Write)
        {
            q.WriteSectors -= Math.Min(q.WriteSectors, e.Sectors);
            q.WriteHead = e.Sector + e.Sectors;
            q.Batch = q.Direction == 1 ? q.Batch + 1 : 1;
            q.Direction = 1;
        }
    }

    [Features(8)]
    private static void Extract(in BioQueue e, in Queue q, Span<Q16> x)
    {
        bool write = e.Operation == IoOperation.Write;
        ulong head = write ? q.WriteHead : q.ReadHead;

        // The scheduler sweeps upwards and starts again at the bottom: what lies behind the head comes last.
        ulong ahead = e.Sector >= head ? e.Sector - head : e.Sector + e.DiskSectors - head;

        x[0] = (Q16)(write ? 1 : 0);
        x[1] = (Q16)((write ? q.WriteSectors : q.ReadSectors) / 8);
        x[2] = (Q16)((write ? q.ReadSectors : q.WriteSectors) / 8);
        x[3] = (Q16)(ahead * 1024 / e.DiskSectors);
        x[4] = (Q16)(q.Direction == 1 == write ? 1 : 0);
        x[5] = (Q16)q.Batch;
        x[6] = (Q16)(head * 1024 / e.DiskSectors);
        x[7] = (Q16)(e.Sector * 1024 / e.DiskSectors);
    }

    [Label]
    private static int WaitUs(in BioQueue a, in BlockIssue b) => (int)Math.Min((b.TimeNs - a.TimeNs) / 1000, int.MaxValue);

    [Verdict]
    private static bool Late(in BioQueue e, int waitUs) => waitUs > (e.Operation == IoOperation.Read ? ReadExpiryUs : WriteExpiryUs);

    [Policy]
    private static void Act(ref BioQueue e, int predictedWaitUs)
    {
        if (predictedWaitUs > (e.Operation == IoOperation.Read ? ReadExpiryUs : WriteExpiryUs))
            e.RaisePriority(IoPriority.RealTime);
    }
}
