using System;
using System.Globalization;

namespace Kml;

/// <summary>A signed fixed-point number: 16 integer and 16 fraction bits in an <see cref="int"/>.</summary>
/// <remarks>
/// Range -32768 to 32767.99998 in steps of 1/65536. The emitted C performs the same operations
/// (<c>templates/compute/kml_arith.h</c>, functions <c>kml_q16_*</c>), so a model that computes in it needs no floating point.
/// Addition, subtraction, negation and products wrap as <see cref="int"/> does.
/// </remarks>
public readonly struct Q16 : IEquatable<Q16>, IComparable<Q16>
{
    private Q16(int raw) => Raw = raw;

    /// <summary>The number times 65536.</summary>
    public int Raw { get; }

    /// <summary>0.</summary>
    public static Q16 Zero => default;

    /// <summary>1.</summary>
    public static Q16 One => new(65536);

    /// <summary>The least value, -32768.</summary>
    public static Q16 MinValue => new(int.MinValue);

    /// <summary>The greatest value, 32768 - 1/65536.</summary>
    public static Q16 MaxValue => new(int.MaxValue);

    /// <summary>The number whose raw form is <paramref name="raw"/>: raw / 65536.</summary>
    public static Q16 FromRaw(int raw) => new(raw);

    /// <summary>Wrapping sum.</summary>
    public static Q16 operator +(Q16 a, Q16 b) => new(unchecked(a.Raw + b.Raw));

    /// <summary>Wrapping difference.</summary>
    public static Q16 operator -(Q16 a, Q16 b) => new(unchecked(a.Raw - b.Raw));

    /// <summary>Wrapping negation: the least value is its own.</summary>
    public static Q16 operator -(Q16 a) => new(unchecked(-a.Raw));

    /// <summary>Product of 64 bits, rounded to the nearest step (a half upwards), then wrapped.</summary>
    public static Q16 operator *(Q16 a, Q16 b) => new(unchecked((int)(((long)a.Raw * b.Raw + 0x8000) >> 16)));

    /// <summary>Quotient rounded towards zero, then wrapped.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static Q16 operator /(Q16 a, Q16 b) => new(unchecked((int)(((long)a.Raw << 16) / b.Raw)));

    /// <summary>Remainder of the division of the raw forms, with the sign of <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static Q16 operator %(Q16 a, Q16 b) => new((int)((long)a.Raw % b.Raw));

    /// <summary>Equality.</summary>
    public static bool operator ==(Q16 a, Q16 b) => a.Raw == b.Raw;

    /// <summary>Inequality.</summary>
    public static bool operator !=(Q16 a, Q16 b) => a.Raw != b.Raw;

    /// <summary>Less than.</summary>
    public static bool operator <(Q16 a, Q16 b) => a.Raw < b.Raw;

    /// <summary>Greater than.</summary>
    public static bool operator >(Q16 a, Q16 b) => a.Raw > b.Raw;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Q16 a, Q16 b) => a.Raw <= b.Raw;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Q16 a, Q16 b) => a.Raw >= b.Raw;

    /// <summary>From an integer of any width: clamped to the range.</summary>
    public static explicit operator Q16(long value) =>
        new(value > 32767 ? int.MaxValue : value < -32768 ? int.MinValue : (int)value << 16);

    /// <summary>From an unsigned integer of any width: clamped to the range.</summary>
    public static explicit operator Q16(ulong value) => new(value > 32767 ? int.MaxValue : (int)value << 16);

    /// <inheritdoc cref="op_Explicit(long)"/>
    public static explicit operator Q16(int value) => (Q16)(long)value;

    /// <inheritdoc cref="op_Explicit(ulong)"/>
    public static explicit operator Q16(uint value) => (Q16)(ulong)value;

    /// <summary>From a byte or a ushort, between whose ways to int and to uint C# would not choose.</summary>
    public static explicit operator Q16(ushort value) => (Q16)(long)value;

    /// <summary>From floating point: rounded towards zero, clamped to the range; NaN gives zero.</summary>
    public static explicit operator Q16(float value) => new((int)(value * 65536f));

    /// <summary>To an integer: rounded towards zero.</summary>
    public static explicit operator int(Q16 value) => value.Raw / 65536;

    /// <summary>To floating point: the nearest float.</summary>
    public static explicit operator float(Q16 value) => value.Raw * (1f / 65536f);

    /// <summary>The lesser of two.</summary>
    public static Q16 Min(Q16 a, Q16 b) => a.Raw <= b.Raw ? a : b;

    /// <summary>The greater of two.</summary>
    public static Q16 Max(Q16 a, Q16 b) => a.Raw >= b.Raw ? a : b;

    /// <summary>The absolute value; the least value wraps to itself.</summary>
    public static Q16 Abs(Q16 value) => value.Raw < 0 ? -value : value;

    /// <summary>-1, 0 or 1: the sign.</summary>
    public static int Sign(Q16 value) => Math.Sign(value.Raw);

    /// <summary>The number of those from <paramref name="min"/> to <paramref name="max"/> that is nearest to <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="min"/> is greater than <paramref name="max"/>.</exception>
    public static Q16 Clamp(Q16 value, Q16 min, Q16 max) => new(Math.Clamp(value.Raw, min.Raw, max.Raw));

    /// <summary>1 / <paramref name="value"/>, rounded to the nearest step; where it does not fit, the end of the range on its side.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="value"/> is zero.</exception>
    public static Q16 Reciprocal(Q16 value) =>
        new((int)Math.Clamp(((1L << 32) + (Math.Abs((long)value.Raw) / 2)) / value.Raw, int.MinValue, int.MaxValue));

    /// <summary>
    /// The logarithm to base 2, within 0.7 of 1/65536 and exact of a power of two; at zero and below it is <see cref="MinValue"/>.
    /// A greater argument never has a lesser one.
    /// </summary>
    public static Q16 Log2(Q16 value) => value.Raw > 0 ? new(FixedPoint.Log2((ulong)value.Raw) - (16 << 16)) : MinValue;

    /// <summary>The logarithm of an integer to base 2, within 0.7 of 1/65536 and exact of a power of two; at zero it is <see cref="MinValue"/>.</summary>
    public static Q16 Log2(ulong value) => new(FixedPoint.Log2(value));

    /// <summary>
    /// 2 to the power of <paramref name="value"/>, within 0.7 of 1/65536 and exact of an integer; from 15 on it is <see cref="MaxValue"/>, and below
    /// -17 it is zero.
    /// </summary>
    public static Q16 Exp2(Q16 value) => new(FixedPoint.Exp2(value.Raw));

    /// <inheritdoc/>
    public bool Equals(Q16 other) => Raw == other.Raw;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Q16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Raw;

    /// <inheritdoc/>
    public int CompareTo(Q16 other) => Raw.CompareTo(other.Raw);

    /// <summary>The exact decimal value, in the invariant culture.</summary>
    public override string ToString() => (Raw / 65536m).ToString(CultureInfo.InvariantCulture);
}
