using System;
using System.Globalization;
using Kml.Model;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies.Values;

/// <summary>Roslyn's constant values to constants of a body.</summary>
internal static class Constants
{
    private const int Q16One = 65536;

    /// <summary>Makes a constant.</summary>
    /// <param name="type">The constant's type.</param>
    /// <param name="value">The boxed value; an enum's is of its underlying type.</param>
    public static Constant Of(ScalarType type, object value) => new(type, value switch
    {
        bool b => b ? 1UL : 0UL,
        float f => Bits(f),
        ulong u => u,
        IConvertible number when number.GetTypeCode() is >= TypeCode.Char and <= TypeCode.Int64 =>
            unchecked((ulong)number.ToInt64(CultureInfo.InvariantCulture)),

        // Nothing else becomes a scalar of ours: the C# is wrong.
        _ => 0,
    });

    /// <summary>The value of a constant of type F32.</summary>
    public static float Float(Constant constant) => FromBits(constant.Bits);

    /// <summary>The constant 0, false, or 0.0 of a type.</summary>
    public static Constant Zero(ScalarType type) => new(type, 0);

    /// <summary>The constant 1 of a type.</summary>
    public static Constant One(ScalarType type) =>
        new(type, type switch { ScalarType.F32 => Bits(1f), ScalarType.Q16 => Q16One, _ => 1 });

    /// <summary>A Q16 by its raw form.</summary>
    public static Constant Q16Raw(int raw) => new(ScalarType.Q16, unchecked((ulong)raw));

    /// <summary>Converts a constant to Q16 as its conversion operators do, so that <c>(Q16)0.5f</c> needs no floating point in the kernel.</summary>
    public static Constant ToQ16(Constant value) => value.Type switch
    {
        ScalarType.F32 => Q16Raw(Saturate(FromBits(value.Bits) * Q16One)),
        ScalarType.U64 => Q16Raw(value.Bits > 32767 ? int.MaxValue : (int)value.Bits << 16),
        _ => Q16Raw(unchecked((long)value.Bits) switch
        {
            > 32767 => int.MaxValue,
            < -32768 => int.MinValue,
            long small => (int)small << 16,
        }),
    };

    /// <summary>Computes with two constants of Q16, as its operators do; null for an operator that has none, or faults.</summary>
    public static ulong? Q16(BinaryOperatorKind kind, ulong left, ulong right)
    {
        int a = unchecked((int)left), b = unchecked((int)right);
        int? raw = kind switch
        {
            BinaryOperatorKind.Add => unchecked(a + b),
            BinaryOperatorKind.Subtract => unchecked(a - b),
            BinaryOperatorKind.Multiply => unchecked((int)((((long)a * b) + 0x8000) >> 16)),
            BinaryOperatorKind.Divide when b != 0 => unchecked((int)((long)a * Q16One / b)),
            _ => null,
        };
        return raw is { } value ? Q16Raw(value).Bits : null;
    }

    // Written out, because the compiler may itself run on a runtime whose conversion does not saturate.
    private static int Saturate(float value) => value switch
    {
        float.NaN => 0,
        >= 2147483648f => int.MaxValue,
        <= -2147483648f => int.MinValue,
        _ => (int)value,
    };

    private static uint Bits(float value) => BitConverter.ToUInt32(BitConverter.GetBytes(value), 0);

    private static float FromBits(ulong bits) => BitConverter.ToSingle(BitConverter.GetBytes((uint)bits), 0);
}
