using System;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Inference.Stages;

/// <summary>Normalisation in floating point: <c>normalise()</c> of <c>&lt;model&gt;_infer.c</c>.</summary>
internal static class NormaliseFloat
{
    public static void Run(NormaliseStage stage, PackedWeights weights, ReadOnlySpan<uint> features, Span<float> x)
    {
        ReadOnlySpan<float> mean = weights.Floats(stage.Mean), invStd = weights.Floats(stage.InvStd);
        for (int i = 0; i < features.Length; i++)
        {
            float value = stage.Type switch
            {
                ScalarType.F32 => BitConverter.UInt32BitsToSingle(features[i]),
                ScalarType.Q16 => (float)Q16.FromRaw((int)features[i]),
                _ => (int)features[i],
            };
            x[i] = (value - mean[i]) * invStd[i];
        }
    }
}
