using System;

namespace Kml;

/// <summary>Division by a number that seldom changes: its reciprocal is computed once, and a division is then two products.</summary>
/// <remarks>Bodies may call it: <c>templates/compute/kml_count.h.sbn</c> has the same in C.</remarks>
public static class Reciprocal
{
    /// <summary>The reciprocal of a divisor: 2^64 / <paramref name="divisor"/>, rounded up; that of 1 wraps to 0.</summary>
    /// <param name="divisor">The divisor.</param>
    /// <returns>What <see cref="Divide"/> takes in its place.</returns>
    /// <exception cref="DivideByZeroException"><paramref name="divisor"/> is 0.</exception>
    public static ulong Of(uint divisor) => unchecked((ulong.MaxValue / divisor) + 1);

    /// <summary>The quotient, exactly what <c>value / divisor</c> is.</summary>
    /// <param name="value">What is divided.</param>
    /// <param name="reciprocal">What <see cref="Of"/> gave for the divisor; 0, as a state begins, divides by 1.</param>
    /// <returns>The quotient, rounded down.</returns>
    public static uint Divide(uint value, ulong reciprocal)
    {
        if (reciprocal == 0)
            return value;
        ulong low = (ulong)value * (uint)reciprocal;
        return (uint)((((ulong)value * (reciprocal >> 32)) + (low >> 32)) >> 32);
    }
}
