using System;

namespace Kml.Training.Tests;

/// <summary>A feature that is the greatest float where a request has more than 1,000 sectors.</summary>
[KernelModel("extreme")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(8, Activation.Relu)]
[Dense(1)]
internal sealed partial class ExtremeModel
{
    public static Model.ModelSpec Spec { get; } = Model.ModelText.Read(CanonicalText);

    [State]
    internal struct Queue
    {
        public uint Waiting, InFlight;
    }

    [Update]
    private static void On(in BioQueue e, ref Queue q) => q.Waiting++;

    [Features(2)]
    private static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        x[0] = (float)q.Waiting;
        x[1] = e.Sectors > 1000 ? 3.4028235e38f : (float)q.InFlight;
    }

    [Label]
    private static float WaitUs(in BioQueue a, in BlockIssue b) => (float)(b.TimeNs - a.TimeNs) / 1000f;
}
