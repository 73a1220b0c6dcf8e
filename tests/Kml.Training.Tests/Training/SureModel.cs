using System;

namespace Kml.Training.Tests;

/// <summary><see cref="SizeModel"/> with a verdict: that a size is large, where the network is sure of it.</summary>
[KernelModel("sure")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(8, Activation.Tanh)]
[Dense(3)]
internal sealed partial class SureModel
{
    public const float Sure = 0.9f;

    [Features(2)]
    private static void Extract(in BioQueue e, Span<float> x)
    {
        x[0] = e.Sectors;
        x[1] = e.Cpu;
    }

    [Label]
    private static Size Class(in BioQueue a, in BlockIssue b) => a.Sectors < 300 ? Size.Small : a.Sectors < 700 ? Size.Middle : Size.Large;

    [Verdict]
    private static bool IsLarge(in BioQueue e, Size size, float margin, float probability) => size == Size.Large && probability > Sure && margin > 0f;
}
