using System.Linq;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>Whether an array of a body can as well lie on the stack, as a span of <c>stackalloc</c>.</summary>
internal static class ArrayFix
{
    /// <summary>The change that mends what makes an array, where it is the first value of a local.</summary>
    /// <param name="array">What makes it.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? For(IOperation array)
    {
        IOperation? outer = array.Parent;
        while (outer is IConversionOperation)
            outer = outer.Parent;
        return outer is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? For(declarator) : null;
    }

    /// <summary>The change that mends the declaration of an array, or of a span of one.</summary>
    /// <param name="declarator">The local's declaration.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? For(IVariableDeclaratorOperation declarator)
    {
        ILocalSymbol local = declarator.Symbol;
        ITypeSymbol? element = local.Type is IArrayTypeSymbol { Rank: 1 } array ? array.ElementType : local.Type.SpanElement();
        return element.Scalar() is not null
            && local is { RefKind: RefKind.None, IsUsing: false }
            && BodyFixes.Declaration(declarator) is { Parent: LocalDeclarationStatementSyntax }
            && declarator.GetVariableInitializer() is { Value: var value }
            && IsOfKnownSize(((VariableDeclaratorSyntax)declarator.Syntax).Initializer?.Value, value.SemanticModel!)
            && BodyFixes.References(declarator).All(o => BodyFixes.Function(o) == BodyFixes.Function(declarator) && IsUsedAsSpan(o))
                ? new Fix(FixKind.StackAlloc, element!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
                : null;
    }

    private static bool IsOfKnownSize(ExpressionSyntax? value, SemanticModel semantics) => value switch
    {
        ArrayCreationExpressionSyntax { Type.RankSpecifiers: { Count: 1 } ranks, Initializer: null } =>
            ranks[0].Sizes.Count == 1 && semantics.GetConstantValue(ranks[0].Sizes[0]).Value is int and > 0,
        ArrayCreationExpressionSyntax { Type.RankSpecifiers.Count: 1, Initializer: { } list } => IsFlat(list),
        ImplicitArrayCreationExpressionSyntax { Initializer: var list } => IsFlat(list),
        InitializerExpressionSyntax list => IsFlat(list),
        CollectionExpressionSyntax list => list.Elements.Count > 0 && list.Elements.All(e => e is ExpressionElementSyntax),
        _ => false,
    };

    private static bool IsFlat(InitializerExpressionSyntax list) => list.Expressions.Count > 0 && !list.Expressions.Any(e => e is InitializerExpressionSyntax);

    // What a span does as an array does: an index of 32 bits, the length, a loop, and being handed over as a span.
    private static bool IsUsedAsSpan(ILocalReferenceOperation local) => local.Parent switch
    {
        IArrayElementReferenceOperation { Indices: { Length: 1 } at } => at[0].Type is { SpecialType: SpecialType.System_Int32 } or { Name: "Index" },
        IImplicitIndexerReferenceOperation { Argument.Type.Name: "Index" } => true,
        IPropertyReferenceOperation { Property: { Name: "Length" } or { IsIndexer: true } } => true,
        IConversionOperation { Parent: IForEachLoopOperation } or IForEachLoopOperation => true,
        IConversionOperation { Type: var type, Parent: IArgumentOperation argument } => type.SpanElement() is not null && IsReadOnly(argument),
        IArgumentOperation argument => local.Type.SpanElement() is not null && IsReadOnly(argument),
        IInvocationOperation { TargetMethod.Name: "Clear" or "Fill" or "CopyTo" } call => call.Instance == local && local.Type.SpanElement() is not null,
        _ => false,
    };

    // A span that came back could outlive the array.
    private static bool IsReadOnly(IArgumentOperation argument) =>
        argument is { Parameter.RefKind: RefKind.None, Parent: IInvocationOperation { TargetMethod: var method } }
        && method is { RefKind: RefKind.None, ReturnType.IsRefLikeType: false };
}
