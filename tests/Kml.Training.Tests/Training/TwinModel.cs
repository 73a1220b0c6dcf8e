using System;

namespace Kml.Training.Tests;

/// <summary><see cref="WaitModel"/> in integers: features in Q16, the label in whole microseconds, and so an integer twin.</summary>
[KernelModel("twin")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(16, Activation.Relu)]
[Dense(8, Activation.Tanh)]
[Dense(1)]
internal sealed partial class TwinModel
{
    public static Model.ModelSpec Spec { get; } = Model.ModelText.Read(CanonicalText);

    [State]
    internal struct Queue
    {
        public uint Waiting, InFlight;
    }

    [Update]
    private static void On(in BioQueue e, ref Queue q) => q.Waiting++;

    [Features(3)]
    private static void Extract(in BioQueue e, in Queue q, Span<Q16> x)
    {
        x[0] = (Q16)q.Waiting;
        x[1] = (Q16)q.InFlight;
        x[2] = (Q16)(uint)e.Operation;
    }

    [Label]
    private static int WaitUs(in BioQueue a, in BlockIssue b) => (int)((b.TimeNs - a.TimeNs) / 1000);

    [Verdict]
    private static bool WillMiss(in BioQueue e, int waitUs) => waitUs > (e.Operation == IoOperation.Read ? 300 : 700);
}
