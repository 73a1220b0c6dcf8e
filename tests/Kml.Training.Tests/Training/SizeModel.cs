using System;

namespace Kml.Training.Tests;

/// <summary>The classes of <see cref="SizeModel"/>.</summary>
internal enum Size
{
    Small,
    Middle,
    Large,
}

/// <summary>A classification without state or verdict: into which of three classes a size falls, from the size and noise.</summary>
[KernelModel("size")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockIssue))]
[Dense(8, Activation.Tanh)]
[Dense(3)]
internal sealed partial class SizeModel
{
    public static Model.ModelSpec Spec { get; } = Model.ModelText.Read(CanonicalText);

    [Features(2)]
    private static void Extract(in BioQueue e, Span<float> x)
    {
        x[0] = e.Sectors;
        x[1] = e.Cpu;
    }

    [Label]
    private static Size Class(in BioQueue a, in BlockIssue b) => a.Sectors < 300 ? Size.Small : a.Sectors < 700 ? Size.Middle : Size.Large;
}
