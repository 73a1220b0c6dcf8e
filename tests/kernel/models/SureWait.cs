using System;

namespace Kml.KernelModels;

/// <summary>
/// A classification in floating point, from queueing to issue, that decides by how sure it is: by the last bits of its confidences, so that a record tells
/// of each bit that is another in the kernel.
/// </summary>
[KernelModel("sure_wait")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(16, Activation.Relu)]
[Dense(2)]
[Ring(Records = 2048)]
public partial class SureWait
{
    /// <summary>From 1/2 on, what lies between one probability and the next is one 2^24th.</summary>
    private const float ProbabilitySteps = 16777216f;

    /// <summary>Of a margin from 2 to 4, each step; of a smaller one, not all.</summary>
    private const float MarginSteps = 4194304f;

    [State]
    public struct Queue
    {
        public uint Waiting;
        public ulong LastNs;
    }

    [Update]
    private static void On(in BioQueue e, ref Queue q)
    {
        q.Waiting++;
        q.LastNs = e.TimeNs;
    }

    [Update]
    private static void On(in BlockIssue e, ref Queue q) => q.Waiting -= Math.Min(q.Waiting, e.Bios);

    [Features(4)]
    private static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        x[0] = q.Waiting;
        x[1] = q.LastNs == 0 ? 0f : (e.TimeNs - q.LastNs) / 1000f;
        x[2] = (int)e.Operation;
        x[3] = e.Sector / (float)e.DiskSectors;
    }

    [Label]
    private static bool IsLong(in BioQueue a, in BlockIssue b) => b.TimeNs - a.TimeNs > 2_000_000;

    [Verdict]
    private static bool Differs(in BioQueue e, bool isLong, float probability) => isLong != ((int)(probability * ProbabilitySteps) % 2 != 0);

    [Policy]
    private static void Act(ref BioQueue e, bool isLong, float margin)
    {
        if (isLong != ((int)(margin * MarginSteps) % 2 != 0))
            e.RaisePriority(IoPriority.RealTime);
    }
}
