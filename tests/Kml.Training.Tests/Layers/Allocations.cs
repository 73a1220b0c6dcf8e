using Kml.TestSupport;
using Kml.Training.Layers;

namespace Kml.Training.Tests.Layers;

/// <summary>Judges whether a layer's steps allocate.</summary>
internal static class Allocations
{
    internal static void ShouldBeNoneOfSteps(Layer layer, LayerShape input)
    {
        using LayerBed<float> bed = new(layer, input, 32, 1);
        float[] dy = [.. bed.Slopes];
        ulong key = 0;
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                bed.Pass.Begin(key++, 64);
                bed.Forward();
                bed.Pass.Backward(bed.Parameters, bed.X, bed.Y, dy, bed.Dx, bed.Gradient);
            }
        });
    }
}
