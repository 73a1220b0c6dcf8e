using System;
using Kml.Model.Lowering;

namespace Kml.Inference.Stages;

/// <summary>The head in integers: the end of <c>&lt;model&gt;_infer_int.c</c>'s entry.</summary>
internal static class HeadInteger
{
    public static uint Run(HeadStage stage, PackedWeights weights, ReadOnlySpan<int> y)
    {
        if (stage.IsClassification)
            return Greatest.Of(y[..stage.Inputs]);
        return (uint)(stage.TakesScores ? y[0] : Saturation.To32(weights.Affines(stage.Integer!)[0].Apply(y[0])));
    }
}
