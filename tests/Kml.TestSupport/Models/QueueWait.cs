using System;
using Kml;

namespace Models;

/// <summary>Without floating point: it has an integer twin. Every construct that needs care in C is in it.</summary>
[KernelModel("queue_wait")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Observe(typeof(BlockComplete))]
[Dense(16, Activation.Relu)]
[Dense(12, Activation.Tanh)]
[Dense(1)]
public partial class QueueWait
{
    [State]
    public struct Queue
    {
        public uint Waiting, InFlight;
        public ulong HeadSector, LastArrivalNs;
        public int Drift;
        public Q16 Load;
        public bool Busy;
    }

    [Update]
    private static void Arrive(in BioQueue e, ref Queue q)
    {
        q.Waiting++;
        q.LastArrivalNs = e.TimeNs;
        q.Load = q.Load + ((Q16)q.Waiting - q.Load) / (Q16)8;
    }

    [Update]
    private static void Issue(in BlockIssue e, ref Queue q)
    {
        q.Waiting -= Math.Min(q.Waiting, e.Bios);
        q.InFlight++;
        q.Drift = (int)(e.Sector - q.HeadSector) / 8;
        q.HeadSector = e.Sector + e.Sectors;
        q.Busy = q.InFlight > 8 && q.Waiting > 0;
    }

    [Update]
    private static void Complete(in BlockComplete e, ref Queue q)
    {
        if (q.InFlight > 0)
            q.InFlight--;
        else
            q.Busy = false;
    }

    [Features(5)]
    private static void Extract(in BioQueue e, in Queue q, Span<int> x)
    {
        long distance = Math.Abs((long)(e.Sector - q.HeadSector));

        x[0] = (int)q.Waiting;
        x[1] = (int)(distance * 1024 / (long)e.DiskSectors);
        x[2] = (int)e.Operation;
        x[3] = q.Busy ? q.Drift : -1;
        x[4] = (int)Math.Min((e.TimeNs - q.LastArrivalNs) >> 10, 1u << 20);
    }

    [Label]
    private static int WaitUs(in BioQueue a, in BlockIssue b) => (int)Math.Min((b.TimeNs - a.TimeNs) / 1000, int.MaxValue);

    [Verdict]
    private static bool Late(in BioQueue e, int waitUs) => waitUs > (e.Operation == IoOperation.Read ? 100_000 : 400_000);

    [Policy]
    private static void Act(ref BioQueue e, int waitUs)
    {
        if (waitUs > 100_000)
            e.RaisePriority(IoPriority.RealTime);
    }
}
