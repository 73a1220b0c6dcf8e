using System;

namespace Kml.Model;

/// <summary>The types of values in translated bodies. An enum is its underlying type.</summary>
public enum ScalarType
{
    /// <summary>bool, one byte in state.</summary>
    Bool,

    /// <summary>sbyte.</summary>
    I8,

    /// <summary>byte.</summary>
    U8,

    /// <summary>short.</summary>
    I16,

    /// <summary>ushort.</summary>
    U16,

    /// <summary>int.</summary>
    I32,

    /// <summary>uint.</summary>
    U32,

    /// <summary>long.</summary>
    I64,

    /// <summary>ulong.</summary>
    U64,

    /// <summary>float.</summary>
    F32,

    /// <summary>Kml.Q16: 32 bits, 16 of them behind the point.</summary>
    Q16,
}

/// <summary>Facts about scalar types.</summary>
public static class ScalarTypes
{
    /// <summary>Bytes that a value takes in state and events; its alignment is the same.</summary>
    /// <param name="type">The type.</param>
    /// <returns>1, 2, 4 or 8.</returns>
    public static int Size(this ScalarType type) => type switch
    {
        ScalarType.Bool or ScalarType.I8 or ScalarType.U8 => 1,
        ScalarType.I16 or ScalarType.U16 => 2,
        ScalarType.I64 or ScalarType.U64 => 8,
        _ => 4,
    };

    /// <summary>Whether the type is one of the eight integers.</summary>
    /// <param name="type">The type.</param>
    /// <returns>True for an integer.</returns>
    public static bool IsInteger(this ScalarType type) => type is >= ScalarType.I8 and <= ScalarType.U64;

    /// <summary>Whether the type is a signed integer.</summary>
    /// <param name="type">The type.</param>
    /// <returns>True for a signed integer.</returns>
    public static bool IsSigned(this ScalarType type) =>
        type is ScalarType.I8 or ScalarType.I16 or ScalarType.I32 or ScalarType.I64;

    /// <summary>The type's word in the canonical text, such as <c>u32</c>.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The word.</returns>
    public static string Word(this ScalarType type) => type.ToString().ToLowerInvariant();

    /// <summary>Reads a word of the canonical text.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The type.</returns>
    /// <exception cref="FormatException">No type has this word.</exception>
    public static ScalarType FromWord(string word)
    {
        foreach (ScalarType type in (ScalarType[])Enum.GetValues(typeof(ScalarType)))
        {
            if (type.Word() == word)
                return type;
        }

        throw new FormatException($"'{word}' is no scalar type.");
    }
}
