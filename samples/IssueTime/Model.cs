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
    /// <summary>What is kept of each disk.</summary>
    [State(Scope = Scope.PerDevice)]
    public struct Disk
    {
        /// <summary>What schedules its requests.</summary>
        public Deadline Scheduler;
    }

    [Update]
    private static void On(in BioQueue e, ref Disk d) => d.Scheduler.Queue(e);

    [Update]
    private static void On(in BlockIssue e, ref Disk d) => d.Scheduler.Issue(e);

    [Features(8)]
    private static void Extract(in BioQueue e, in Disk d, Span<float> x)
    {
        bool write = e.Operation == IoOperation.Write;

        x[0] = write ? 1 : 0;
        x[1] = d.Scheduler.Waiting(write);
        x[2] = d.Scheduler.Waiting(!write);
        x[3] = Share(e, d.Scheduler.Ahead(e));
        x[4] = d.Scheduler.Writing == write ? 1 : 0;
        x[5] = d.Scheduler.Batch;
        x[6] = Share(e, d.Scheduler.Head(write));
        x[7] = Share(e, e.Sector);
    }

    [Label]
    private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;

    [Verdict]
    private static bool Late(in BioQueue e, float waitUs) => waitUs > Deadline.ExpiryUs(e);

    [Policy]
    private static void Act(ref BioQueue e, float predictedWaitUs)
    {
        if (predictedWaitUs > Deadline.ExpiryUs(e))
            e.RaisePriority(IoPriority.RealTime);
    }

    /// <summary>Sectors as a share of the disk.</summary>
    private static float Share(in BioQueue e, ulong sectors) => sectors / (float)e.DiskSectors;
}
