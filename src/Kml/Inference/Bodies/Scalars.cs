using System;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>C# values of the scalar types, their bits, and the conversions between them.</summary>
public static class Scalars
{
    /// <summary>The bits of every NaN, as records hold it.</summary>
    public const uint NaNBits = 0x7fc00000;

    /// <summary>A value from its bits.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="bits">The bits; those above the type's width do not count.</param>
    /// <returns>The value, boxed as C#'s own type.</returns>
    public static object FromBits(ScalarType type, ulong bits) => type switch
    {
        ScalarType.Bool => bits != 0,
        ScalarType.I8 => (sbyte)bits,
        ScalarType.U8 => (byte)bits,
        ScalarType.I16 => (short)bits,
        ScalarType.U16 => (ushort)bits,
        ScalarType.I32 => (int)bits,
        ScalarType.U32 => (uint)bits,
        ScalarType.I64 => (long)bits,
        ScalarType.U64 => bits,
        ScalarType.F32 => BitConverter.UInt32BitsToSingle((uint)bits),
        ScalarType.Q16 => Q16.FromRaw((int)bits),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The bits of a value: sign-extended, and of every NaN the same.</summary>
    /// <param name="value">The value, boxed as C#'s own type.</param>
    /// <returns>The bits.</returns>
    public static ulong ToBits(object value) => value switch
    {
        bool v => v ? 1ul : 0ul,
        sbyte v => (ulong)v,
        byte v => v,
        short v => (ulong)v,
        ushort v => v,
        int v => (ulong)v,
        uint v => v,
        long v => (ulong)v,
        ulong v => v,
        float v => float.IsNaN(v) ? NaNBits : BitConverter.SingleToUInt32Bits(v),
        Q16 v => (ulong)v.Raw,
        _ => throw new ArgumentException(value.GetType().Name),
    };

    /// <summary>Converts as a cast at run time does.</summary>
    /// <param name="type">The type to convert to.</param>
    /// <param name="value">The value.</param>
    /// <returns>The value of that type.</returns>
    public static object Convert(ScalarType type, object value) => (type, value) switch
    {
        (ScalarType.Q16, Q16 v) => v,
        (ScalarType.Q16, float v) => (Q16)v,
        (ScalarType.Q16, ulong v) => (Q16)v,
        (ScalarType.Q16, uint v) => (Q16)v,
        (ScalarType.Q16, long v) => (Q16)v,
        (ScalarType.Q16, _) => (Q16)(int)Convert(ScalarType.I32, value),
        (ScalarType.F32, Q16 v) => (float)v,
        (_, Q16 v) => Convert(type, (int)v),
        (ScalarType.I8, sbyte v) => v,
        (ScalarType.I8, float v) => (sbyte)v,
        (ScalarType.I8, _) => (sbyte)ToBits(value),
        (ScalarType.U8, float v) => (byte)v,
        (ScalarType.U8, _) => (byte)ToBits(value),
        (ScalarType.I16, float v) => (short)v,
        (ScalarType.I16, _) => (short)ToBits(value),
        (ScalarType.U16, float v) => (ushort)v,
        (ScalarType.U16, _) => (ushort)ToBits(value),
        (ScalarType.I32, float v) => (int)v,
        (ScalarType.I32, _) => (int)ToBits(value),
        (ScalarType.U32, float v) => (uint)v,
        (ScalarType.U32, _) => (uint)ToBits(value),
        (ScalarType.I64, float v) => (long)v,
        (ScalarType.I64, _) => (long)ToBits(value),
        (ScalarType.U64, float v) => (ulong)v,
        (ScalarType.U64, _) => ToBits(value),
        (ScalarType.F32, float v) => v,
        (ScalarType.F32, sbyte v) => (float)v,
        (ScalarType.F32, byte v) => (float)v,
        (ScalarType.F32, short v) => (float)v,
        (ScalarType.F32, ushort v) => (float)v,
        (ScalarType.F32, int v) => (float)v,
        (ScalarType.F32, uint v) => (float)v,
        (ScalarType.F32, long v) => (float)v,
        (ScalarType.F32, ulong v) => (float)v,
        _ => throw new ArgumentException($"{value.GetType().Name} to {type}"),
    };
}
