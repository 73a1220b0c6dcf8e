using System;
using Kml.Model.Lowering;

namespace Kml.Training.Quantise;

/// <summary>Turns real changes of scale into the 64-bit maps of the integer twin.</summary>
internal static class AffineMap
{
    private const double MulLimit = 1 << 30;
    private const double AddLimit = 1L << 61;

    /// <summary>The map nearest to v -> v * ratio + offset, rounding to the nearest integer, a half upwards.</summary>
    /// <param name="ratio">What an argument is multiplied by.</param>
    /// <param name="offset">What is then added.</param>
    /// <returns>A safe map, with as many fraction bits as fit. One that is out of reach saturates.</returns>
    public static Affine Of(double ratio, double offset)
    {
        int shift = 62;
        while (shift > 0 && (Math.Abs(Math.ScaleB(ratio, shift)) > MulLimit || Math.Abs(Math.ScaleB(offset, shift)) > AddLimit))
            shift--;
        double mul = Math.Clamp(Math.Round(Math.ScaleB(ratio, shift)), -MulLimit, MulLimit);
        double add = Math.Clamp(Math.Round(Math.ScaleB(offset, shift)), -AddLimit, AddLimit);
        long half = shift > 0 ? 1L << (shift - 1) : 0;
        return new((long)add + half, (int)mul, shift);
    }
}
