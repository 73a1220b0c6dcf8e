using System;

namespace Kml.Cli.Tests;

/// <summary>A model for the tool to look at in this very assembly.</summary>
[KernelModel("depth")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(8, Activation.Relu)]
[Dense(1)]
[Ring(Records = 128)]
public partial class Depth
{
    /// <summary>What the disk is doing.</summary>
    [State]
    public struct Queue
    {
        /// <summary>Bios queued and not issued.</summary>
        public uint Waiting;
    }

    [Update]
    static void On(in BioQueue e, ref Queue q) => q.Waiting += 1;

    [Update]
    static void On(in BlockIssue e, ref Queue q) => q.Waiting -= 1;

    [Features(2)]
    static void Extract(in BioQueue e, in Queue q, Span<float> x)
    {
        x[0] = q.Waiting;
        x[1] = e.Sectors;
    }

    [Label]
    static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;
}
