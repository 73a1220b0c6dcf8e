using System;

namespace Kml.KernelModels;

/// <summary>The float path alone: from queueing to issue, with a state of several widths, a verdict and a policy.</summary>
[KernelModel("wait_time")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Observe(typeof(BlockComplete))]
[Dense(16, Activation.Relu)]
[Dense(9, Activation.Tanh)]
[Dense(1)]
[Ring(Records = 2048)]
public partial class WaitTime
{
    /// <summary>Above this many microseconds a wait is long.</summary>
    private const float Long = 5000f;

    [State]
    public struct Queue
    {
        public uint Waiting;
        public uint InFlight;
        public ulong HeadSector;
        public ulong LastArrivalNs;
        public long Balance;
    }

    [Update]
    private static void On(in BioQueue e, ref Queue q)
    {
        q.Waiting++;
        q.LastArrivalNs = e.TimeNs;
        q.Balance += e.Operation == IoOperation.Read ? (long)e.Sectors : -(long)e.Sectors;
    }

    [Update]
    private static void On(in BlockIssue e, ref Queue q)
    {
        if (q.Waiting > e.Bios)
            q.Waiting -= e.Bios;
        else
            q.Waiting = 0;
        q.InFlight++;
        q.HeadSector = e.Sector + e.Sectors;
    }

    [Update]
    private static void On(in BlockComplete e, ref Queue q)
    {
        if (q.InFlight > 0)
            q.InFlight--;
    }

    [Features(6)]
    private static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        ulong distance = e.Sector > q.HeadSector ? e.Sector - q.HeadSector : q.HeadSector - e.Sector;
        float share = distance / (float)e.DiskSectors;
        x[0] = q.Waiting;
        x[1] = q.InFlight;
        x[2] = share;
        x[3] = (int)e.Operation;
        x[4] = Math.Min(e.Sectors, 256u) / 256f;
        x[5] = q.LastArrivalNs == 0 ? 0f : (e.TimeNs - q.LastArrivalNs) / 1000f;
    }

    [Label]
    private static float Microseconds(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;

    [Verdict]
    private static bool IsLong(in BioQueue e, float wait) => wait > Long;

    [Policy]
    private static void Act(ref BioQueue e, float wait)
    {
        if (wait > Long && e.Operation == IoOperation.Read)
            e.RaisePriority(IoPriority.RealTime);
    }
}
