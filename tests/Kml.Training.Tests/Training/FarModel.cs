using System;

namespace Kml.Training.Tests;

/// <summary>
/// Integer features far from 0: one differs in digits that a float loses, one by what a float keeps, one is the same as a float and in truth.
/// </summary>
[KernelModel("far")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(8, Activation.Relu)]
[Dense(1)]
internal sealed partial class FarModel
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
    private static void Extract(in BioQueue e, in Queue q, Span<int> x)
    {
        x[0] = 1000000000 + ((int)q.Waiting % 8);
        x[1] = 1000000000 + (64 * (int)q.InFlight);
        x[2] = 1000000000;
    }

    [Label]
    private static int WaitUs(in BioQueue a, in BlockIssue b) => (int)((b.TimeNs - a.TimeNs) / 1000);
}
