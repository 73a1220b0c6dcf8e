using System;
using System.Globalization;
using Kml.Model;

namespace Kml.KmodGen;

/// <summary>Constants in C.</summary>
internal static class CLiteral
{
    /// <summary>Writes a constant.</summary>
    /// <param name="constant">The constant.</param>
    /// <returns>The expression. Numbers that an int holds have no suffix and the type I32.</returns>
    public static CExpression Of(Constant constant)
    {
        switch (constant.Type)
        {
            case ScalarType.Bool:
                return OfBool(constant.Bits != 0);
            case ScalarType.F32:
                return OfFloat(BitConverter.UInt32BitsToSingle((uint)constant.Bits));
            case ScalarType.U64:
                return OfInteger(constant.Bits, ScalarType.U64);
            default:
                return OfInteger((long)constant.Bits, CTypes.Promoted(constant.Type));
        }
    }

    /// <summary>Writes a truth value: as a number, for pure C files include neither the kernel's <c>true</c> nor user space's.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The expression.</returns>
    public static CExpression OfBool(bool value) => new(value ? "1" : "0", Binding.Primary, ScalarType.Bool);

    /// <summary>Writes an integer so that its C type is a given one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">I32, U32, I64 or U64.</param>
    /// <returns>The expression.</returns>
    public static CExpression Exactly(Int128 value, ScalarType type)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        return type switch
        {
            ScalarType.U32 => new(text + "u", Binding.Primary, type),
            ScalarType.U64 => new(text + "ull", Binding.Primary, type),
            // The smallest value has no literal: C reads a minus and a number that is too large.
            ScalarType.I32 when value == int.MinValue => new("(-2147483647 - 1)", Binding.Primary, type),
            ScalarType.I64 when value == long.MinValue => new("(-9223372036854775807ll - 1)", Binding.Primary, type),
            ScalarType.I64 => new(text + "ll", value < 0 ? Binding.Prefix : Binding.Primary, type),
            _ => new(text, value < 0 ? Binding.Prefix : Binding.Primary, type),
        };
    }

    /// <summary>Writes an integer as plainly as its size allows.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type that it has when an int does not hold it.</param>
    /// <returns>The expression; what an int holds is of type I32.</returns>
    public static CExpression OfInteger(Int128 value, ScalarType type) =>
        Exactly(value, value >= int.MinValue && value <= int.MaxValue ? ScalarType.I32 : type);

    /// <summary>Small whole numbers as such, all others in hexadecimal, which is exact.</summary>
    private static CExpression OfFloat(float value)
    {
        if (float.IsNaN(value))
            return CExpression.Call(ScalarType.F32, "__builtin_nanf", "\"\"");
        bool negative = float.IsNegative(value);
        string text = float.IsInfinity(value) ? "__builtin_inff()"
            : MathF.Abs(value) < 1 << 24 && MathF.Truncate(value) == value ? MathF.Abs(value).ToString("F1", CultureInfo.InvariantCulture) + "f"
            : Hexadecimal(BitConverter.SingleToUInt32Bits(value) & 0x7fffffff);
        return new(negative ? "-" + text : text, negative ? Binding.Prefix : Binding.Primary, ScalarType.F32);
    }

    private static string Hexadecimal(uint bits)
    {
        uint exponent = bits >> 23;
        string digits = ((bits & 0x7fffff) << 1).ToString("x6", CultureInfo.InvariantCulture).TrimEnd('0');
        string point = digits.Length == 0 ? "" : "." + digits;
        int power = exponent == 0 ? -126 : (int)exponent - 127;
        return $"0x{(exponent == 0 ? 0 : 1)}{point}p{power.ToString(CultureInfo.InvariantCulture)}f";
    }
}
