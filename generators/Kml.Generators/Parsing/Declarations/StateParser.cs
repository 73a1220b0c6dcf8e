using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Fixes;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>Reads the state struct.</summary>
internal static class StateParser
{
    /// <summary>Reads a state.</summary>
    /// <param name="type">The struct marked [State].</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The state, without the fields that it cannot keep.</returns>
    public static StateSpec Parse(INamedTypeSymbol type, AttributeData attribute, Findings findings)
    {
        // Offsets follow from the order of one declaration; anything else would differ from the C struct unseen.
        string? fault = type.DeclaringSyntaxReferences.Length > 1 ? "is in several parts"
            : type.Arity > 0 ? "is generic"
            : type.IsRefLikeType ? "is a ref struct"
            : Has(type, "StructLayoutAttribute") ? "has a layout of its own"
            : Has(type, "InlineArrayAttribute") ? "is an inline array"
            : null;
        if (fault is not null)
            findings.Report(SourceRules.Signature, type.Locations[0], type.Name, "State", fault, "a plain struct in one part, without [StructLayout]");

        ModelTypes types = new(type.ContainingAssembly, type);
        List<FieldSpec> fields = [];
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsConst))
        {
            if (field.Type.TypeKind == TypeKind.Error)
            {
                findings.LeaveToCompiler();
            }
            else if (field is { IsStatic: false, DeclaredAccessibility: Accessibility.Public, IsFixedSizeBuffer: false, AssociatedSymbol: null }
                && field.Type.Data(types) is { } data && Problem(field.Type, types) is null)
            {
                fields.Add(new FieldSpec(field.Name, data));
            }
            else
            {
                ISymbol named = field.AssociatedSymbol ?? field;
                bool isKept = field.Type.Data(types) is not null && Problem(field.Type, types) is null;
                Fix? fix = isKept ? DeclarationFixes.ForField(field, type) : null;
                findings.Report(SourceRules.StateField, named.Locations[0], fix, named.Name, Fault(field, types));
            }
        }

        // Roslyn lists no field behind an event, but the struct has one.
        foreach (IEventSymbol hidden in type.GetMembers().OfType<IEventSymbol>())
            findings.Report(SourceRules.StateField, hidden.Locations[0], hidden.Name, "is an event");

        if (fields.Count == 0 && !findings.HasErrors)
            findings.Report(SourceRules.Signature, type.Locations[0], type.Name, "State", "has no field", "a struct with at least one field");
        return new StateSpec(attribute.Member("Scope", StateScope.PerDevice, findings), fields.ToEquatableArray());
    }

    /// <summary>What a state cannot keep of a type; null if it keeps all of it.</summary>
    private static string? Problem(ITypeSymbol type, ModelTypes types) => Problem(type, types, 0, new(SymbolEqualityComparer.Default));

    private static string? Problem(ITypeSymbol type, ModelTypes types, int depth, HashSet<ITypeSymbol> seen)
    {
        if (type.Scalar() is { } scalar)
            return scalar == ScalarType.F32 ? "is a float" : null;
        if (type.IsTupleType)
            return "is a tuple, whose layout C# does not state";
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } named || !IsOpen(named, types))
            return $"has type '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'";
        if (Has(named, "StructLayoutAttribute"))
            return $"has type '{named.Name}', which has a layout of its own";
        if (depth > DataTypeMap.MaxDepth)
            return $"has type '{named.Name}', which lies too deep in others";
        if (!seen.Add(named))
            return null;
        bool isArray = named.InlineArrayLength() is not null;
        foreach (IFieldSymbol field in DataTypeMap.Fields(named))
        {
            string part = $"has type '{named.Name}', of which '{DataTypeMap.Name(field)}'";
            if (field.IsFixedSizeBuffer)
                return part + " is a fixed-size buffer";
            if (!isArray && (field.DeclaredAccessibility != Accessibility.Public || field.AssociatedSymbol is not null))
                return part + " is no public field";
            if (Problem(field.Type, types, depth + 1, seen) is { } problem)
                return field.Type is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsTupleType: false } inner && inner.Scalar() is null && IsOpen(inner, types)
                    ? problem
                    : $"{part} {problem}";
        }

        return null;
    }

    // Of what comes compiled only the inline arrays can be seen whole.
    private static bool IsOpen(INamedTypeSymbol type, ModelTypes types) => types.IsOpen(type) || type.InlineArrayLength() is not null;

    private static bool Has(INamedTypeSymbol type, string attribute) => type.GetAttributes().Any(a => a.AttributeClass?.Name == attribute);

    private static string Fault(IFieldSymbol field, ModelTypes types) => field switch
    {
        { AssociatedSymbol: IPropertySymbol } => "is a property",
        { IsStatic: true } => "is static",
        { IsFixedSizeBuffer: true } => "is a fixed-size buffer",
        { DeclaredAccessibility: not Accessibility.Public } => "is not public",
        _ when field.Type.Scalar() is null && Problem(field.Type, types) is { } problem => problem,
        _ when types.IsOpen(field.Type) => $"has type '{field.Type.Name}', which holds more than {DataTypeMap.MaxScalars} numbers, or lies too deep in others",
        _ => $"has type '{field.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'",
    };
}
