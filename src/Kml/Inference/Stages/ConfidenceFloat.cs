using System;
using Kml.Model;

namespace Kml.Inference.Stages;

/// <summary>The confidences of a class among a network's outputs: <c>kml_confidence.h</c>.</summary>
internal static class ConfidenceFloat
{
    public static float Of(Confidence confidence, ReadOnlySpan<float> y, int best) => confidence switch
    {
        Confidence.Probability => Probability(y, y[best]),
        Confidence.Margin => Margin(y, best),
        _ => throw new NotSupportedException($"This engine has no {confidence}."),
    };

    private static float Probability(ReadOnlySpan<float> y, float top)
    {
        float sum = 0f;
        foreach (float output in y)
            sum += KmlMath.Exp(output - top);
        return 1f / sum;
    }

    // As in the choice of the class, a NaN is greater than nothing.
    private static float Margin(ReadOnlySpan<float> y, int best)
    {
        float second = float.NegativeInfinity;
        for (int i = 0; i < y.Length; i++)
        {
            if (i != best && y[i] > second)
                second = y[i];
        }

        return y[best] - second;
    }
}
