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
    private static void Extract(in BioQueue e, in Disk d, Span<Q16> x)
    {
        bool write = e.Operation == IoOperation.Write;

        x[0] = write ? Q16.One : Q16.Zero;
        x[1] = (Q16)d.Scheduler.Waiting(write);
        x[2] = (Q16)d.Scheduler.Waiting(!write);
        x[3] = Share(e, d.Scheduler.Ahead(e));
        x[4] = d.Scheduler.Writing == write ? Q16.One : Q16.Zero;
        x[5] = (Q16)d.Scheduler.Batch;
        x[6] = Share(e, d.Scheduler.Head(write));
        x[7] = Share(e, e.Sector);
    }

    [Label]
    private static int WaitUs(in BioQueue a, in BlockIssue b) => (int)Math.Min((b.TimeNs - a.TimeNs) / 1000, int.MaxValue);

    [Verdict]
    private static bool Late(in BioQueue e, int waitUs) => waitUs > Deadline.ExpiryUs(e);

    [Policy]
    private static void Act(ref BioQueue e, int predictedWaitUs)
    {
        if (predictedWaitUs > Deadline.ExpiryUs(e))
            e.RaisePriority(IoPriority.RealTime);
    }

    /// <summary>Sectors in 1024ths of the disk.</summary>
    private static Q16 Share(in BioQueue e, ulong sectors) => (Q16)(sectors * 1024 / e.DiskSectors);
}
