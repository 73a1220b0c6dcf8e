using System;

namespace Kml.KernelModels;

/// <summary>Without state, weights, verdict and policy: it can only collect. Its ring is the smallest there is.</summary>
[KernelModel("backlog")]
[Observe(typeof(BlockInsert))]
[Observe(typeof(BlockIssue))]
[Dense(1)]
[Ring(Records = 64)]
public partial class Backlog
{
    [Features(2)]
    private static void Extract(in BlockInsert e, Span<int> x)
    {
        x[0] = (int)e.Bios;
        x[1] = (int)e.Sectors;
    }

    [Label]
    private static int Nanoseconds(in BlockInsert a, in BlockIssue b) => (int)(b.TimeNs - a.TimeNs);
}
