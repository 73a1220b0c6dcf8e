using System;
using System.Globalization;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

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
    public static CExpression OfBool(bool value) => new CInteger(value ? 1 : 0, "", ScalarType.Bool);

    /// <summary>Writes an integer so that its C type is a given one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">I32, U32, I64 or U64.</param>
    /// <returns>The expression.</returns>
    public static CExpression Exactly(Int128 value, ScalarType type) => type switch
    {
        ScalarType.U32 => new CInteger(value, "u", type),
        ScalarType.U64 => new CInteger(value, "ull", type),
        ScalarType.I32 => value == int.MinValue ? Smallest(int.MinValue, "", type) : new CInteger(value, "", type),
        ScalarType.I64 => value == long.MinValue ? Smallest(long.MinValue, "ll", type) : new CInteger(value, "ll", type),
        _ => new CInteger(value, "", type),
    };

    /// <summary>Writes an integer as plainly as its size allows.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type that it has when an int does not hold it.</param>
    /// <returns>The expression; what an int holds is of type I32.</returns>
    public static CExpression OfInteger(Int128 value, ScalarType type) =>
        Exactly(value, value >= int.MinValue && value <= int.MaxValue ? ScalarType.I32 : type);

    /// <summary>The smallest value has no literal: C reads a minus and a number that is too large.</summary>
    private static CEnclosed Smallest(Int128 value, string suffix, ScalarType type) =>
        new(new CInfix(new CInteger(value + 1, suffix, type), COperator.Subtract, new CInteger(1, "", ScalarType.I32), type));

    /// <summary>Small whole numbers as such, all others in hexadecimal, which is exact.</summary>
    private static CFloat OfFloat(float value)
    {
        if (float.IsNaN(value))
            return new("__builtin_nanf(\"\")", IsNegative: false);
        float magnitude = MathF.Abs(value);
        string text = float.IsInfinity(value) ? "__builtin_inff()"
            : magnitude < 1 << 24 && MathF.Truncate(value) == value ? magnitude.ToString("F1", CultureInfo.InvariantCulture) + "f"
            : Hexadecimal(BitConverter.SingleToUInt32Bits(magnitude));
        return new(text, float.IsNegative(value));
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
