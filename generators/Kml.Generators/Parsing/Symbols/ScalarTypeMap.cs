using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Symbols;

/// <summary>C# types to the scalar types of translated bodies.</summary>
internal static class ScalarTypeMap
{
    /// <summary>The scalar type that stands for a C# type.</summary>
    /// <param name="type">The type; an enum is its underlying type.</param>
    /// <returns>The scalar type, or null where none stands for it.</returns>
    public static ScalarType? Scalar(this ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
            return Scalar(underlying);

        return type?.SpecialType switch
        {
            SpecialType.System_Boolean => ScalarType.Bool,
            SpecialType.System_SByte => ScalarType.I8,
            SpecialType.System_Byte => ScalarType.U8,
            SpecialType.System_Int16 => ScalarType.I16,
            SpecialType.System_UInt16 => ScalarType.U16,
            SpecialType.System_Int32 => ScalarType.I32,
            SpecialType.System_UInt32 => ScalarType.U32,
            SpecialType.System_Int64 => ScalarType.I64,
            SpecialType.System_UInt64 => ScalarType.U64,
            SpecialType.System_Single => ScalarType.F32,
            SpecialType.None when type.IsNamed(KmlNames.Q16) => ScalarType.Q16,
            _ => null,
        };
    }

    /// <summary>Whether a type has this name, of a namespace at the top such as <c>Kml</c>, without looking it up in the compilation.</summary>
    public static bool IsNamed(this ITypeSymbol? type, string fullName) =>
        type is INamedTypeSymbol { IsGenericType: false, ContainingType: null } named
        && named.ContainingNamespace is { ContainingNamespace.IsGlobalNamespace: true } space
        && fullName.Length == space.Name.Length + 1 + named.Name.Length
        && fullName.StartsWith(space.Name, System.StringComparison.Ordinal)
        && fullName[space.Name.Length] == '.'
        && fullName.EndsWith(named.Name, System.StringComparison.Ordinal);

    /// <summary>The type to which C# promotes an operand before arithmetic.</summary>
    public static ScalarType Promoted(this ScalarType type) =>
        type is ScalarType.I8 or ScalarType.U8 or ScalarType.I16 or ScalarType.U16 ? ScalarType.I32 : type;
}
