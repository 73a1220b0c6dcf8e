using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>The C types of scalars.</summary>
internal static class CTypes
{
    /// <summary>The name of a type in C. A Q16 is its raw value.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Such as <c>u32</c>.</returns>
    public static string Name(ScalarType type) => type switch
    {
        ScalarType.Bool => "bool",
        ScalarType.I8 => "s8",
        ScalarType.I16 => "s16",
        ScalarType.I32 or ScalarType.Q16 => "s32",
        ScalarType.I64 => "s64",
        ScalarType.F32 => "float",
        _ => type.Word(),
    };

    /// <summary>The type in which C computes: what integer promotion makes of narrower ones. A Q16 is an I32 there.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Bool, I32, U32, I64, U64 or F32.</returns>
    public static ScalarType Promoted(ScalarType type) => type switch
    {
        ScalarType.I8 or ScalarType.U8 or ScalarType.I16 or ScalarType.U16 or ScalarType.Q16 => ScalarType.I32,
        _ => type,
    };

    /// <summary>The type of a value in C: a Q16 is the I32 that counts its steps.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The type.</returns>
    public static ScalarType Computed(ScalarType type) => type == ScalarType.Q16 ? ScalarType.I32 : type;

    /// <summary>Whether an integer type holds every value of another.</summary>
    /// <param name="to">The one.</param>
    /// <param name="from">The other.</param>
    /// <returns>True if a conversion changes no value.</returns>
    public static bool Holds(ScalarType to, ScalarType from) =>
        to == from
        || (to.IsInteger() && (from.IsInteger() || from == ScalarType.Bool)
            && (to.IsSigned()
                ? from.Size() < to.Size() || (from.IsSigned() && from.Size() == to.Size())
                : !from.IsSigned() && from.Size() <= to.Size()));
}
