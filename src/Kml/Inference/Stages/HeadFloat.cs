using System;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Inference.Stages;

/// <summary>The head in floating point: the end of <c>&lt;model&gt;_infer.c</c>'s entry.</summary>
internal static class HeadFloat
{
    public static uint Run(HeadStage stage, PackedWeights weights, ReadOnlySpan<float> y, Span<uint> confidences)
    {
        if (stage.IsClassification)
        {
            uint best = Greatest.Of(y[..stage.Inputs]);
            for (int i = 0; i < confidences.Length; i++)
                confidences[i] = KmlMath.CanonicalBits(ConfidenceFloat.Of(stage.Confidences[i], y[..stage.Inputs], (int)best));
            return best;
        }

        ReadOnlySpan<float> label = weights.Floats(stage.Label!);
        float value = y[0] * label[0] + label[1];
        return stage.Type switch
        {
            ScalarType.F32 => KmlMath.CanonicalBits(value),
            ScalarType.Q16 => (uint)((Q16)value).Raw,
            _ => (uint)(int)value,
        };
    }
}
