using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>The C# form of a label's type, which says how it travels as 32 bits.</summary>
internal enum LabelForm
{
    /// <summary>float: its bits.</summary>
    Float,

    /// <summary>int.</summary>
    Int,

    /// <summary>Q16: its raw value.</summary>
    Q16,

    /// <summary>bool: 0 or 1.</summary>
    Bool,

    /// <summary>An enum of members 0 to n - 1: the class's index.</summary>
    Enum,
}

/// <summary>A label's type.</summary>
/// <param name="Form">How it travels.</param>
/// <param name="ClrType">Its name in C#, fully qualified.</param>
/// <param name="Classes">0 for a regression.</param>
/// <param name="Accessibility">The least accessible of the type and what it is nested in.</param>
internal sealed record LabelType(LabelForm Form, string ClrType, int Classes, Accessibility Accessibility)
{
    /// <summary>The type in which it appears in the model.</summary>
    public ScalarType Scalar => Form switch
    {
        LabelForm.Float => ScalarType.F32,
        LabelForm.Int => ScalarType.I32,
        LabelForm.Q16 => ScalarType.Q16,
        _ => ScalarType.U32,
    };

    /// <summary>Reads a label's type.</summary>
    /// <param name="type">The return type of the label method.</param>
    /// <returns>The type, or null where no label can have it.</returns>
    public static LabelType? Of(ITypeSymbol type)
    {
        string name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        Accessibility accessibility = TypeAccess.Of(type);
        if (type.TypeKind == TypeKind.Enum)
        {
            int members = type.GetMembers().OfType<IFieldSymbol>().Count(f => f.HasConstantValue);
            bool dense = members >= 2 && Enumerable.Range(0, members).All(i => type.GetMembers().OfType<IFieldSymbol>().Any(f => Index(f) == i));
            return dense ? new LabelType(LabelForm.Enum, name, members, accessibility) : null;
        }

        return type.Scalar() switch
        {
            ScalarType.F32 => new LabelType(LabelForm.Float, name, 0, accessibility),
            ScalarType.I32 => new LabelType(LabelForm.Int, name, 0, accessibility),
            ScalarType.Q16 => new LabelType(LabelForm.Q16, name, 0, accessibility),
            ScalarType.Bool => new LabelType(LabelForm.Bool, name, 2, accessibility),
            _ => null,
        };
    }

    private static long? Index(IFieldSymbol member) =>
        member.ConstantValue is { } value && Constants.Of(ScalarType.I64, value).Bits is <= int.MaxValue and ulong index ? (long)index : null;
}
