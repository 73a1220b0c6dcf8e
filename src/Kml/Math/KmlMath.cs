using System;

namespace Kml;

/// <summary>
/// exp, log, log2, tanh and sigmoid in single precision, the same bits on every engine.
/// </summary>
/// <remarks>
/// Each is a fixed sequence of IEEE 754 single operations; <c>templates/compute/kml_math.h</c> performs the same one in C.
/// Why it is this one, is said there. No result is further than 2 units in its last place from the exact one, denormal results included:
/// <c>make test-math</c> tries every argument. A NaN comes out as the canonical NaN, 0x7fc00000.
/// </remarks>
public static class KmlMath
{
    private const float Log2E = 1.44269502f;
    private const float Log2EFraction = 0.442695051f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2LowNegated = 0.000212194442f;

    /// <summary>Below it tanh is taken from the exponential of -2|x|, from that of 2|x| elsewhere.</summary>
    private const float TanhTurns = 0.1257f;

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
        float q = e / (e + 1f);
        float s = x < 0f ? e : 1f;
        return s - s * q;
    }

    /// <summary>The hyperbolic tangent of x.</summary>
    public static float Tanh(float x)
    {
        if (float.IsNaN(x))
            return CanonicalNaN;
        float a = MathF.Abs(x);
        float b = a * 2f;
        b = b > 20f ? 20f : b;
        float low = Expm1Reduced(a < TanhTurns ? -b : b, out int n, out float high);
        float scale = Exp2(n);
        float m = scale * high + (scale - 1f) + scale * low;
        return MathF.CopySign(m / (m + 2f), x);
    }

    /// <summary>The natural logarithm of x: negative infinity at either zero, NaN below.</summary>
    public static float Log(float x)
    {
        if (!HasFiniteLog(x))
            return LogOfOthers(x);
        float p = LogReduced(x, out float k, out float f);
        p = p - k * Ln2LowNegated;
        p = p - 0.5f * (f * f);
        return p + f + k * Ln2High;
    }

    /// <summary>The logarithm of x to base 2: negative infinity at either zero, NaN below.</summary>
    public static float Log2(float x)
    {
        if (!HasFiniteLog(x))
            return LogOfOthers(x);
        float p = LogReduced(x, out float k, out float f);
        p = p - 0.5f * (f * f);
        p = f * Log2EFraction + (p * Log2EFraction + p);
        return p + f + k;
    }

    /// <summary>x = n ln 2 + r with |r| at most ln 2 / 2; e^r - 1 is the sum of high, which is exact, and of what is returned.</summary>
    private static float Expm1Reduced(float x, out int n, out float high)
    {
        float shifted = x * Log2E + Shift;
        float k = shifted - Shift;
        high = x - k * Ln2High;
        float l = k * Ln2LowNegated;
        float r = high + l;
        float r2 = r * r;
        float p = 0.00139302423f * r2 + (0.00836642832f * r + 0.0416665114f);
        p = p * r2 + (0.16666542f * r + 0.5f);
        n = BitConverter.SingleToInt32Bits(shifted) - ShiftBits;
        return p * r2 + l;
    }

    /// <summary>e^x for x in [-104, 89]; two factors, so that 2^128 and denormals come out right.</summary>
    private static float ExpClamped(float x)
    {
        float low = Expm1Reduced(x, out int n, out float high);
        float p = low + high + 1f;
        int half = n >> 1;
        return p * Exp2(half) * Exp2(n - half);
    }

    private static bool HasFiniteLog(float x) => x > 0f && x <= float.MaxValue;

    private static float LogOfOthers(float x) => x == 0f ? float.NegativeInfinity : float.IsPositiveInfinity(x) ? x : CanonicalNaN;

    /// <summary>x = 2^k (1 + f), with 1 + f between the square roots of 1/2 and 2; gives ln(1 + f) - f + f^2 / 2.</summary>
    private static float LogReduced(float x, out float k, out float f)
    {
        bool denormal = x < 1.17549435e-38f;
        int bits = BitConverter.SingleToInt32Bits(denormal ? x * 8388608f : x);
        int e = (bits - 0x3f3504f3) >> 23;
        k = denormal ? e - 23 : e;
        f = BitConverter.Int32BitsToSingle(bits - (e << 23)) - 1f;

        float p = 0.0697161183f * f - 0.114797339f;
        p = p * f + 0.116854198f;
        p = p * f - 0.124256872f;
        p = p * f + 0.142490581f;
        p = p * f - 0.166678026f;
        p = p * f + 0.200007156f;
        p = p * f - 0.24999997f;
        p = p * f + 0.333333313f;
        return p * f * (f * f);
    }

    private static float Exp2(int n) => BitConverter.Int32BitsToSingle((n + 127) << 23);
}
