using System;
using Kml.Training.Layers;

namespace Kml.Training.Tests.Layers;

/// <summary>Counts the bytes that steps allocate.</summary>
internal static class Allocations
{
    internal static long OfSteps(Layer layer, LayerShape input)
    {
        using LayerBed<float> bed = new(layer, input, 32, 1);
        float[] dy = [.. bed.Slopes];
        Step(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 20; i++)
            Step((ulong)i);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Step(ulong key)
        {
            bed.Pass.Begin(key, 64);
            bed.Forward();
            bed.Pass.Backward(bed.Parameters, bed.X, bed.Y, dy, bed.Dx, bed.Gradient);
        }
    }
}
