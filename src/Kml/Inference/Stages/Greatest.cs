using System;
using System.Numerics;

namespace Kml.Inference.Stages;

/// <summary>The class of a classification: the index of the greatest score, the lowest among equals. A NaN is greater than nothing.</summary>
internal static class Greatest
{
    public static uint Of<T>(ReadOnlySpan<T> scores)
        where T : INumber<T>
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return (uint)best;
    }
}
