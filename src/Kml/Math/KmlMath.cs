using System;

namespace Kml;

/// <summary>
/// exp, log, tanh and sigmoid in single precision, the same bits on every engine.
/// </summary>
/// <remarks>
/// Each is a fixed sequence of IEEE 754 single operations; <c>templates/compute/kml_math.h</c> performs the same one in C.
/// Largest error over all arguments, denormal results included, in units in the last place of the exact result:
/// <see cref="Exp"/> 1.1, <see cref="Log"/> 0.9, <see cref="Sigmoid"/> 2.5, <see cref="Tanh"/> 2.6.
/// A NaN comes out as the canonical NaN, 0x7fc00000.
/// </remarks>
public static class KmlMath
{
    private const float Log2E = 1.44269502f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2LowNegated = 0.000212194442f;

    /// <summary>1.5 * 2^23: adding it rounds to an integer and leaves that in the low bits.</summary>
    private const float Shift = 12582912.0f;

    private const int ShiftBits = 0x4b400000;

    /// <summary>The one NaN that leaves any engine.</summary>
    public static float CanonicalNaN => BitConverter.Int32BitsToSingle(0x7fc00000);

    /// <summary>The bits of <paramref name="x"/>, with every NaN made <see cref="CanonicalNaN"/>.</summary>
    public static uint CanonicalBits(float x) => float.IsNaN(x) ? 0x7fc00000u : BitConverter.SingleToUInt32Bits(x);

    /// <summary>e^x. Infinity above 88.72, zero below -103.97.</summary>
    public static float Exp(float x)
    {
        if (float.IsNaN(x))
            return CanonicalNaN;
        return ExpClamped(x > 89f ? 89f : x < -104f ? -104f : x);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    public static float Sigmoid(float x)
    {
        if (float.IsNaN(x))
            return CanonicalNaN;
        float a = -MathF.Abs(x);
        float e = ExpClamped(a < -104f ? -104f : a);
        return (x < 0f ? e : 1f) / (e + 1f);
    }

    /// <summary>The hyperbolic tangent of x.</summary>
    public static float Tanh(float x)
    {
        if (float.IsNaN(x))
            return CanonicalNaN;
        float a = MathF.Abs(x) * -2f;
        float p = Expm1Reduced(a < -20f ? -20f : a, out int n);
        float scale = Exp2(n);
        float m = scale * p + (scale - 1f);
        return MathF.CopySign(m / (m + 2f), x);
    }

    /// <summary>The natural logarithm of x: negative infinity at either zero, NaN below.</summary>
    public static float Log(float x)
    {
        if (float.IsNaN(x) || x < 0f)
            return CanonicalNaN;
        if (x == 0f)
            return float.NegativeInfinity;
        if (float.IsPositiveInfinity(x))
            return x;

        bool denormal = x < 1.17549435e-38f;
        int bits = BitConverter.SingleToInt32Bits(denormal ? x * 8388608f : x);
        // x = 2^e (1 + f), with 1 + f between the square roots of 1/2 and 2.
        int e = (bits - 0x3f3504f3) >> 23;
        float f = BitConverter.Int32BitsToSingle(bits - (e << 23)) - 1f;
        float k = denormal ? e - 23 : e;

        float z = f * f;
        float p = 0.0697161183f * f - 0.114797339f;
        p = p * f + 0.116854198f;
        p = p * f - 0.124256872f;
        p = p * f + 0.142490581f;
        p = p * f - 0.166678026f;
        p = p * f + 0.200007156f;
        p = p * f - 0.24999997f;
        p = p * f + 0.333333313f;
        p = p * f * z;
        p = p - k * Ln2LowNegated;
        p = p - 0.5f * z;
        return p + f + k * Ln2High;
    }

    /// <summary>x = n ln 2 + r with |r| at most ln 2 / 2; gives e^r - 1.</summary>
    private static float Expm1Reduced(float x, out int n)
    {
        float shifted = x * Log2E + Shift;
        float k = shifted - Shift;
        float r = x - k * Ln2High + k * Ln2LowNegated;
        float r2 = r * r;
        float p = 0.0013926184f * r2 + (0.00836317893f * r + 0.0416665561f);
        p = p * r2 + (0.166665763f * r + 0.5f);
        n = BitConverter.SingleToInt32Bits(shifted) - ShiftBits;
        return p * r2 + r;
    }

    /// <summary>e^x for x in [-104, 89]; two factors, so that 2^128 and denormals come out right.</summary>
    private static float ExpClamped(float x)
    {
        float p = Expm1Reduced(x, out int n) + 1f;
        int half = n >> 1;
        return p * Exp2(half) * Exp2(n - half);
    }

    private static float Exp2(int n) => BitConverter.Int32BitsToSingle((n + 127) << 23);
}
