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
    public const int ReadExpiryUs = 100_000, WriteExpiryUs = 150_000;

    /// <summary>A pause in arrivals that ends a burst.</summary>
    private const ulong BurstGapNs = 20_000_000;

    /// <summary>What is known of a disk's queue, for reads and for writes.</summary>
    [State(Scope = Scope.PerDevice)]
    public struct Queue
    {
        /// <summary>Bios queued and not issued yet.</summary>
        public uint WaitingReads, WaitingWrites;

        /// <summary>Bios that arrived in the present burst, and in the one before.</summary>
        public uint ReadBurst, WriteBurst, LastReadBurst, LastWriteBurst;

        /// <summary>When the last one arrived.</summary>
        public ulong ReadArrivalNs, WriteArrivalNs;

        /// <summary>Where the dispatch head stands: the sector behind the last issued request.</summary>
        public ulong ReadHead, WriteHead;
    }

    [Update]
    private static void On(in BioQueue e, ref Queue q)
    {
        if (e.Operation == IoOperation.Read)
        {
            if (e.TimeNs - q.ReadArrivalNs > BurstGapNs)
            {
                q.LastReadBurst = q.ReadBurst;
                q.ReadBurst = 0;
            }

            q.ReadBurst++;
            q.ReadArrivalNs = e.TimeNs;
            q.WaitingReads++;
        }
        else if (e.Operation == IoOperation.Write)
        {
            if (e.TimeNs - q.WriteArrivalNs > BurstGapNs)
            {
                q.LastWriteBurst = q.WriteBurst;
                q.WriteBurst = 0;
            }

            q.WriteBurst++;
            q.WriteArrivalNs = e.TimeNs;
            q.WaitingWrites++;
        }
    }

    [Update]
    private static void On(in BlockIssue e, ref Queue q)
    {
        if (e.Operation == IoOperation.Read)
        {
            q.WaitingReads -= Math.Min(q.WaitingReads, e.Bios);
            q.ReadHead = e.Sector + e.Sectors;
        }
        else if (e.Operation == IoOperation.Write)
        {
            q.WaitingWrites -= Math.Min(q.WaitingWrites, e.Bios);
            q.WriteHead = e.Sector + e.Sectors;
        }
    }

    [Features(6)]
    private static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        bool read = e.Operation == IoOperation.Read;
        ulong head = read ? q.ReadHead : q.WriteHead;

        // The scheduler sweeps upwards and starts again at the bottom: what lies behind the head comes last.
        ulong ahead = e.Sector >= head ? e.Sector - head : e.Sector + e.DiskSectors - head;
        bool newBurst = e.TimeNs - (read ? q.ReadArrivalNs : q.WriteArrivalNs) > BurstGapNs;
        uint burst = read ? q.ReadBurst : q.WriteBurst;

        x[0] = q.WaitingReads;
        x[1] = q.WaitingWrites;
        x[2] = (uint)e.Operation;
        x[3] = ahead / (float)e.DiskSectors;
        x[4] = newBurst ? 0 : burst;
        x[5] = newBurst ? burst : read ? q.LastReadBurst : q.LastWriteBurst;
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
