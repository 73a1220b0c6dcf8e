using System;
using Kml.Model.Lowering;

namespace Kml.Inference.Stages;

/// <summary>Normalisation in integers, to Q3.12: <c>normalise()</c> of <c>&lt;model&gt;_infer_int.c</c>.</summary>
internal static class NormaliseInteger
{
    public static void Run(NormaliseStage stage, PackedWeights weights, ReadOnlySpan<uint> features, Span<int> x)
    {
        ReadOnlySpan<Affine> input = weights.Affines(stage.Integer!);
        for (int i = 0; i < features.Length; i++)
            x[i] = Saturation.To16(input[i].Apply((int)features[i]));
    }
}
