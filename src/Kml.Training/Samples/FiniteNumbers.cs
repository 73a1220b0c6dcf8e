using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training;

/// <summary>Whether numbers are numbers.</summary>
internal static class FiniteNumbers
{
    /// <summary>Whether all are finite.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>False if one is NaN or infinite.</returns>
    internal static bool All(ReadOnlySpan<float> values)
    {
        // What is not finite less itself is NaN, and remains so in a sum.
        Vector256<float> differences = Vector256<float>.Zero;
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        foreach (Vector256<float> vector in vectors)
            differences += vector - vector;
        float rest = 0;
        for (int at = vectors.Length * Vector256<float>.Count; at < values.Length; at++)
            rest += values[at] - values[at];
        return rest == 0 && Vector256.EqualsAll(differences, Vector256<float>.Zero);
    }
}
