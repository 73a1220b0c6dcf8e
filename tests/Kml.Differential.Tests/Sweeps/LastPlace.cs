using System;

namespace Kml.Differential;

/// <summary>How far a single is from what is exact, in units in the last place.</summary>
/// <remarks>
/// A double is exact enough. A unit in the last place of a single is at least 2^29 of those of the double beside it, and the runtime's functions are
/// within a few of the latter: an error that is measured so is itself off by less than a ten-millionth of a unit.
/// </remarks>
internal static class LastPlace
{
    private const int Bits = 23;
    private const int LeastExponent = -126;

    // What an infinite single stands for: its binade would be the next one.
    private static readonly double Overflow = Math.ScaleB(1.0, 128);

    /// <summary>
    /// The distance in units of the binade in which <paramref name="exact"/> lies. Where there is nothing to round - a NaN, which must be the canonical one,
    /// a zero, whose sign counts, an infinity - it is 0 or infinite.
    /// </summary>
    /// <param name="actual">The single's bits.</param>
    /// <param name="exact">The exact value.</param>
    /// <returns>The distance.</returns>
    public static double Units(uint actual, double exact)
    {
        if (double.IsNaN(exact) || exact == 0 || double.IsInfinity(exact))
            return actual == KmlMath.CanonicalBits((float)exact) ? 0 : double.PositiveInfinity;
        float value = BitConverter.UInt32BitsToSingle(actual);
        if (float.IsNaN(value))
            return double.PositiveInfinity;

        double bounded = Math.Clamp(exact, -Overflow, Overflow);
        double reached = Math.Clamp(value, -Overflow, Overflow);
        int exponent = (int)((BitConverter.DoubleToUInt64Bits(exact) >> 52) & 0x7ff) - 1023;
        exponent = Math.Clamp(exponent, LeastExponent, 127);
        double perUnit = BitConverter.UInt64BitsToDouble((ulong)(1023 + Bits - exponent) << 52);
        return Math.Abs(reached - bounded) * perUnit;
    }
}
