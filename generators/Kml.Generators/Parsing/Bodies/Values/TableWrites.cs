using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies.Values;

/// <summary>
/// Finds where the elements of an array may be changed: a static readonly field keeps its array, not what is in it. A file is looked through once; of what it
/// then says of a name, only what may be more than a read is bound.
/// </summary>
internal static class TableWrites
{
    private static readonly string[] ReadOnly =
        ["ReadOnlySpan", "ReadOnlyMemory", "IEnumerable", "IReadOnlyCollection", "IReadOnlyList"];

    // By name, of each tree what may be more than a read.
    private static readonly ConditionalWeakTable<SyntaxTree, ILookup<string, IdentifierNameSyntax>> Uses = new();

    /// <summary>Finds what may change a table's elements: within its type where nobody else can, else anywhere in the project.</summary>
    /// <param name="table">A field or property that holds an array.</param>
    /// <param name="semantics">Gives the semantic model of a tree.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The names of the table in such places.</returns>
    public static IReadOnlyList<SyntaxNode> Of(ISymbol table, Func<SyntaxTree, SemanticModel> semantics, CancellationToken cancellation)
    {
        IEnumerable<SyntaxTree> trees = table.ContainingType.DeclaringSyntaxReferences.Select(r => r.SyntaxTree).Distinct();
        if (table.DeclaredAccessibility != Accessibility.Private && trees.FirstOrDefault() is { } own)
            trees = semantics(own).Compilation.SyntaxTrees;
        return [.. trees.SelectMany(t => Uses.GetValue(t, tree => Suspects(tree, cancellation))[table.Name])
            .Where(name => IsChange(name, table, semantics(name.SyntaxTree), cancellation))];
    }

    private static ILookup<string, IdentifierNameSyntax> Suspects(SyntaxTree tree, CancellationToken cancellation) => tree.GetRoot(cancellation)
        .DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Where(name => name.Parent is not (TypeSyntax or BaseTypeSyntax or AttributeSyntax or NameColonSyntax) && !IsRead(Whole(name)))
        .ToLookup(name => name.Identifier.ValueText, StringComparer.Ordinal);

    /// <summary>The expression that a name ends.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax expression) => expression.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == expression => Whole(access),
        ParenthesizedExpressionSyntax within => Whole(within),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } within => Whole(within),
        _ => expression,
    };

    /// <summary>Whether the syntax alone shows that an array is read.</summary>
    private static bool IsRead(ExpressionSyntax array) => array.Parent switch
    {
        ElementAccessExpressionSyntax element when element.Expression == array => IsElementRead(Whole(element)),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "LongLength" } access => access.Expression == array,
        ForEachStatementSyntax or SpreadElementSyntax => true,
        IsPatternExpressionSyntax { Pattern: var pattern } => !pattern.DescendantNodes().OfType<VariableDesignationSyntax>().Any(),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => true,
        _ => false,
    };

    private static bool IsElementRead(ExpressionSyntax element) => element.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left != element,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => false,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } => false,
        PostfixUnaryExpressionSyntax => false,
        RefExpressionSyntax => false,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } => false,
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsElementRead(tuple),
        MemberAccessExpressionSyntax => false,
        _ => true,
    };

    private static bool IsChange(IdentifierNameSyntax name, ISymbol table, SemanticModel semantics, CancellationToken cancellation)
    {
        ISymbol? symbol = semantics.GetSymbolInfo(name, cancellation).Symbol;
        if (!SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, table.OriginalDefinition))
            return false;
        ExpressionSyntax whole = Whole(name);
        if (whole.Parent is ElementAccessExpressionSyntax element && element.Expression == whole)
        {
            // What the element's own type declares has the value; an extension may have it by reference.
            return Whole(element).Parent is not MemberAccessExpressionSyntax member
                || (semantics.GetSymbolInfo(member, cancellation).Symbol is { } called
                    && (called is IMethodSymbol { ReducedFrom: { } extension }
                        ? extension.Parameters[0].RefKind == RefKind.Ref
                        : !IsOf(semantics.GetTypeInfo(element, cancellation).Type, called)));
        }

        if (whole.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call && call.Expression == whole)
        {
            return semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
                || (method.ReducedFrom is { } extension
                    ? !IsReadOnly(extension.Parameters[0].Type)
                    : method.Name is "SetValue" or "Initialize" || !IsOf(semantics.GetTypeInfo(whole, cancellation).Type, method));
        }

        // As what a query takes its first source, only its operation says.
        ITypeSymbol? type = whole.Parent is FromClauseSyntax
            ? (semantics.GetOperation(whole, cancellation)?.Parent as IConversionOperation)?.Type
            : semantics.GetTypeInfo(whole, cancellation).ConvertedType;
        return type is null || !IsReadOnly(type);
    }

    /// <summary>Whether a type or a base of it declares a member: those of an extension block look like members, too.</summary>
    private static bool IsOf(ITypeSymbol? type, ISymbol member)
    {
        while (type is not null && !SymbolEqualityComparer.Default.Equals(type, member.ContainingType))
            type = type.BaseType;
        return type is not null;
    }

    private static bool IsReadOnly(ITypeSymbol type) =>
        ReadOnly.Contains(type.Name) && type.ContainingNamespace?.Name is "System" or "Collections" or "Generic";
}
