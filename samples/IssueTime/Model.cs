using System;
using Kml;

namespace IssueTimeSample;

/// <summary>
/// How long will this bio wait until its request is issued to the disk, and so: will it be issued before mq-deadline's own expiry?
/// What decides it is not how much is queued, but what is queued in which direction, and where the dispatch head is.
/// </summary>
[KernelModel("issue_time")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(16, Activation.Relu)]
[Dense(16, Activation.Relu)]
[Dense(1)]
[Ring(Records = 4096, WhenFull = WhenFull.Drop)]
public partial class IssueTime
{
    /// <summary>The expiries that the scheduler is set to: fifo_time of mq-deadline, in microseconds.</summary>
    public const int ReadExpiryUs = 100_000, WriteExpiryUs = 160_000;

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
    private static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        bool write = e.Operation == IoOperation.Write;
        ulong head = write ? q.WriteHead : q.ReadHead;

        // The scheduler sweeps upwards and starts again at the bottom: what lies behind the head comes last.
        ulong ahead = e.Sector >= head ? e.Sector - head : e.Sector + e.DiskSectors - head;

        x[0] = write ? 1 : 0;
        x[1] = (write ? q.WriteSectors : q.ReadSectors) / 8;
        x[2] = (write ? q.ReadSectors : q.WriteSectors) / 8;
        x[3] = ahead / (float)e.DiskSectors;
        x[4] = q.Direction == 1 == write ? 1 : 0;
        x[5] = q.Batch;
        x[6] = head / (float)e.DiskSectors;
        x[7] = e.Sector / (float)e.DiskSectors;
    }

    [Label]
    private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;

    [Verdict]
    private static bool Late(in BioQueue e, float waitUs) => waitUs > (e.Operation == IoOperation.Read ? ReadExpiryUs : WriteExpiryUs);

    [Policy]
    private static void Act(ref BioQueue e, float predictedWaitUs)
    {
        if (predictedWaitUs > (e.Operation == IoOperation.Read ? ReadExpiryUs : WriteExpiryUs))
            e.RaisePriority(IoPriority.RealTime);
    }
}
