using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Symbols;

/// <summary>C# types to the types of what has a place in translated bodies.</summary>
internal static class DataTypeMap
{
    /// <summary>What a tuple is called among the structs.</summary>
    public const string Tuple = "Tuple";

    /// <summary>How deep structs may lie within each other.</summary>
    public const int MaxDepth = 16;

    /// <summary>What the model's state is called among them.</summary>
    public const string State = "State";

    /// <summary>The type that stands for a C# type.</summary>
    /// <param name="type">A scalar, an inline array, a tuple, or a struct of such with its source in the project.</param>
    /// <param name="state">The type of the model's state, which has a name of its own; null without one.</param>
    /// <returns>The type, or null where none stands for it.</returns>
    public static DataType? Data(this ITypeSymbol? type, ITypeSymbol? state) => Data(type, state, 0);

    private static DataType? Data(ITypeSymbol? type, ITypeSymbol? state, int depth)
    {
        // One that contains itself is an error of C#'s, and has no end.
        if (depth > MaxDepth)
            return null;
        if (type.Scalar() is { } scalar)
            return new ScalarData(scalar);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false, SpecialType: SpecialType.None } named)
            return null;
        if (named.IsTupleType)
            return Struct(Tuple, named.TupleElements.Select(e => (Name(e), e.Type)), state, depth);
        if (named.InlineArrayLength() is { } length)
        {
            // Two fields are an error of C#'s.
            IFieldSymbol[] fields = [.. Fields(named)];
            return fields.Length == 1 && length > 0 && Data(fields[0].Type, state, depth + 1) is { } element ? new ArrayData(element, length) : null;
        }

        // Fields that lie over each other are no struct of fields.
        if (named.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.Runtime.InteropServices.StructLayoutAttribute"
            && a.ConstructorArguments.Length == 1 && a.ConstructorArguments[0].Value is not (0 or (short)0)))
            return null;

        // Of what comes compiled, the fields that nobody sees are not to be seen here, either.
        string name = SymbolEqualityComparer.Default.Equals(named, state) ? State : named.Name;
        return named.DeclaringSyntaxReferences.Length == 1 ? Struct(name, Fields(named).Select(f => (Name(f), f.Type)), state, depth) : null;
    }

    /// <summary>The length of an inline array; null for any other type.</summary>
    public static int? InlineArrayLength(this ITypeSymbol? type) => type?.GetAttributes()
        .Where(a => a.AttributeClass.IsNamed("System.Runtime.CompilerServices.InlineArrayAttribute") || a.AttributeClass?.Name == "InlineArrayAttribute")
        .Select(a => a.ConstructorArguments.Length == 1 ? a.ConstructorArguments[0].Value as int? : null)
        .FirstOrDefault();

    /// <summary>The type of a span's elements; null for any other type.</summary>
    public static ITypeSymbol? SpanElement(this ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments: { Length: 1 } arguments, ContainingNamespace: { Name: "System" } space }
        && space.ContainingNamespace.IsGlobalNamespace
            ? arguments[0]
            : null;

    /// <summary>The fields of a struct's instances, in the order of memory; those behind properties among them.</summary>
    public static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst);

    /// <summary>The name of a field: that of its property where it stands behind one, and of a tuple's its place.</summary>
    public static string Name(IFieldSymbol field) => field.AssociatedSymbol?.Name ?? (field.CorrespondingTupleField ?? field).Name;

    private static StructData? Struct(string name, IEnumerable<(string Name, ITypeSymbol Type)> fields, ITypeSymbol? state, int depth)
    {
        List<FieldSpec> known = [];
        foreach ((string field, ITypeSymbol type) in fields)
        {
            if (Data(type, state, depth + 1) is not { } data)
                return null;
            known.Add(new FieldSpec(field, data));
        }

        return known.Count == 0 ? null : new StructData(name, known.ToEquatableArray());
    }
}
