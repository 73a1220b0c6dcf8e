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

    /// <summary>How many scalars a type may hold, those of an array counted once: each is spelled out where two are compared.</summary>
    public const int MaxScalars = 1024;

    /// <summary>The type that stands for a C# type.</summary>
    /// <param name="type">A scalar, an inline array, a tuple, or a struct of such with its source in the project.</param>
    /// <param name="types">The model's types.</param>
    /// <returns>The type, or null where none stands for it.</returns>
    public static DataType? Data(this ITypeSymbol? type, ModelTypes types) => type.Scalar() is { } scalar
        ? new ScalarData(scalar)
        : Data(type, types, 0, new(SymbolEqualityComparer.Default)).Data;

    // Each type is looked at once, however often it lies in the others; one that contains itself, an error of C#'s, is none while it is looked at.
    private static Part Data(ITypeSymbol? type, ModelTypes types, int depth, Dictionary<ITypeSymbol, Part> known)
    {
        if (type.Scalar() is { } scalar)
            return new(new ScalarData(scalar), 1);
        if (depth > MaxDepth || type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false, SpecialType: SpecialType.None } named)
            return default;
        if (!known.TryGetValue(named, out Part part))
        {
            known.Add(named, default);
            known[named] = part = Struct(named, types, depth, known);
        }

        return part;
    }

    private static Part Struct(INamedTypeSymbol type, ModelTypes types, int depth, Dictionary<ITypeSymbol, Part> known)
    {
        if (type.IsTupleType)
            return Struct(Tuple, type.TupleElements.Select(e => (Name(e), e.Type)), types, depth, known);
        if (type.InlineArrayLength() is { } length)
        {
            // Two fields are an error of C#'s.
            IFieldSymbol[] fields = [.. Fields(type)];
            return fields.Length == 1 && length > 0 && Data(fields[0].Type, types, depth + 1, known) is { Data: { } element, Scalars: var scalars }
                ? new(new ArrayData(element, length), scalars)
                : default;
        }

        // Fields that lie over each other are no struct of fields.
        if (type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.Runtime.InteropServices.StructLayoutAttribute"
            && a.ConstructorArguments.Length == 1 && a.ConstructorArguments[0].Value is not (0 or (short)0)))
            return default;
        string name = SymbolEqualityComparer.Default.Equals(type, types.State) ? State : type.Name;
        return types.IsOpen(type) ? Struct(name, Fields(type).Select(f => (Name(f), f.Type)), types, depth, known) : default;
    }

    /// <summary>The length of an inline array; null for any other type.</summary>
    public static int? InlineArrayLength(this ITypeSymbol? type) => type?.GetAttributes()
        .Where(a => a.AttributeClass?.Name == "InlineArrayAttribute")
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

    private static Part Struct(
        string name, IEnumerable<(string Name, ITypeSymbol Type)> fields, ModelTypes types, int depth, Dictionary<ITypeSymbol, Part> known)
    {
        List<FieldSpec> parts = [];
        int scalars = 0;
        foreach ((string field, ITypeSymbol type) in fields)
        {
            if (Data(type, types, depth + 1, known) is not { Data: { } data } part)
                return default;
            parts.Add(new FieldSpec(field, data));
            scalars += part.Scalars;
        }

        return scalars is 0 or > MaxScalars ? default : new(new StructData(name, parts.ToEquatableArray()), scalars);
    }

    /// <summary>What stands for a type.</summary>
    /// <param name="Data">The type; null where none does.</param>
    /// <param name="Scalars">How many scalars it holds, those of an array counted once.</param>
    private readonly record struct Part(DataType? Data, int Scalars);
}
