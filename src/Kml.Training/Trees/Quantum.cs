using System;

namespace Kml.Training.Trees;

/// <summary>
/// What numbers are whole multiples of in a histogram: a power of two, so small that rounding is far below the numbers' own spread (a row of average size among
/// 100,000 has 10,000 quanta), so large that no sum of them reaches 2^31.
/// </summary>
internal static class Quantum
{
    /// <summary>Quanta in 1.</summary>
    /// <param name="total">The sum of all numbers' sizes.</param>
    /// <returns>A power of two.</returns>
    internal static float Scale(double total) => total > 0 ? (float)Math.ScaleB(1, Math.Clamp(29 - Math.ILogB(total), -120, 120)) : 1f;
}
