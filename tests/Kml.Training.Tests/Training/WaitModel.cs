using System;
using Kml.Model;

namespace Kml.Training.Tests;

/// <summary>
/// A regression with verdict over a synthetic disk: the wait grows with two counts of the state, and the verdict's limit depends on the operation,
/// so that no single feature tells. Sectors = 0 makes the features fault, 1 makes one NaN.
/// </summary>
[KernelModel("wait")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(16, Activation.Relu)]
[Dense(1)]
internal sealed partial class WaitModel
{
    public static ModelSpec Spec { get; } = ModelText.Read(CanonicalText);

    [State]
    internal struct Queue
    {
        public uint Waiting, InFlight;
    }

    [Update]
    private static void On(in BioQueue e, ref Queue q) => q.Waiting++;

    [Features(4)]
    private static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        uint one = e.Sectors / e.Sectors;
        x[0] = (e.Sectors - one) / (float)(e.Sectors - 1) * q.Waiting;
        x[1] = q.InFlight;
        x[2] = (uint)e.Operation;
        x[3] = 7f;
    }

    [Label]
    private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;

    [Verdict]
    private static bool WillMiss(in BioQueue e, float waitUs) => waitUs > (e.Operation == IoOperation.Read ? 300f : 700f);
}
