using System;
using Kml;

namespace Models;

/// <summary>A classification that decides by how sure it is: the verdict by one confidence, the policy by both, in an order of its own.</summary>
[KernelModel("long_wait")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockComplete))]
[Dense(9, Activation.Tanh)]
[Dense(2)]
public partial class LongWait
{
    [State]
    public struct Queue
    {
        public uint Waiting;
    }

    [Update]
    private static void Arrive(in BioQueue e, ref Queue q) => q.Waiting++;

    [Update]
    private static void Complete(in BlockComplete e, ref Queue q) => q.Waiting -= Math.Min(q.Waiting, 1);

    [Features(3)]
    private static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        x[0] = q.Waiting % 64 / 64f;
        x[1] = e.Sector % 1024 / 1024f;
        x[2] = (int)e.Operation;
    }

    [Label]
    private static bool IsLong(in BioQueue a, in BlockComplete b) => b.TimeNs - a.TimeNs > 5_000_000;

    [Verdict]
    private static bool IsClear(in BioQueue e, bool isLong, float probability) => isLong && probability > 0.6f;

    [Policy]
    private static void Act(ref BioQueue e, bool isLong, float margin, float probability)
    {
        if (isLong ? margin > 0.25f : probability < 0.52f)
            e.RaisePriority(IoPriority.RealTime);
    }
}
