using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies.Values;

/// <summary>Reads static fields and properties that hold constants: an array, a span of one, or a single scalar, which is a table of one.</summary>
internal static class ConstantTable
{
    /// <summary>Reads a field or property.</summary>
    /// <param name="symbol">The field or property.</param>
    /// <param name="semantics">Gives the semantic model of a tree.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The table; null where it is not made of constants, or can be written.</returns>
    public static TablePlace? Of(ISymbol symbol, Func<SyntaxTree, SemanticModel> semantics, CancellationToken cancellation)
    {
        ITypeSymbol? type = symbol switch
        {
            IFieldSymbol { IsReadOnly: true, IsStatic: true } field => field.Type,
            IPropertySymbol { IsReadOnly: true, IsStatic: true } property => property.Type,
            _ => null,
        };
        ITypeSymbol? element = type is IArrayTypeSymbol { Rank: 1 } array ? array.ElementType : type.SpanElement();
        if (element.Scalar() is not { } scalar || Initializer(symbol, cancellation) is not { } syntax)
            return null;
        IOperation? value = semantics(syntax.SyntaxTree).GetOperation(syntax, cancellation);
        List<ulong> bits = [];
        foreach (IOperation item in Items(value))
        {
            if (Constant(item, scalar) is not { } constant)
                return null;
            bits.Add(constant);
        }

        return bits.Count == 0 ? null : new TablePlace(symbol.Name, scalar, bits.ToEquatableArray());
    }

    /// <summary>How many elements stand where a table is declared; 0 where there is no list.</summary>
    public static int Count(ISymbol symbol, CancellationToken cancellation) => Initializer(symbol, cancellation) switch
    {
        CollectionExpressionSyntax list => list.Elements.Count,
        InitializerExpressionSyntax list => list.Expressions.Count,
        ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions.Count,
        ImplicitArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions.Count,
        _ => 0,
    };

    /// <summary>Whether it has an array of its own, which others may hold: a property with an arrow makes one at each use.</summary>
    public static bool IsKept(ISymbol symbol) => symbol is IFieldSymbol { Type: IArrayTypeSymbol }
        || (symbol is IPropertySymbol { Type: IArrayTypeSymbol } property && !property.DeclaringSyntaxReferences
            .Any(r => r.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: not null }));

    /// <summary>The constant that a static readonly scalar holds; null where it is none.</summary>
    public static Constant? Scalar(IFieldSymbol field, Func<SyntaxTree, SemanticModel> semantics, CancellationToken cancellation)
    {
        if (field is not { IsReadOnly: true, IsStatic: true } || field.Type.Scalar() is not { } scalar || Initializer(field, cancellation) is not { } syntax)
            return null;
        IOperation? value = semantics(syntax.SyntaxTree).GetOperation(syntax, cancellation);
        return value is not null && Constant(value, scalar) is { } bits ? new Constant(scalar, bits) : null;
    }

    // A static constructor could give it another value after its own.
    private static ExpressionSyntax? Initializer(ISymbol symbol, CancellationToken cancellation)
    {
        if (symbol.ContainingType.StaticConstructors.Any(c => !c.IsImplicitlyDeclared))
            return null;
        ExpressionSyntax? written = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => Within(value),
            PropertyDeclarationSyntax { ExpressionBody.Expression: var value } => Within(value),
            PropertyDeclarationSyntax { Initializer.Value: var value } => Within(value),
            _ => null,
        };
        while (written is ParenthesizedExpressionSyntax { Expression: var within })
            written = within;
        return written;
    }

    /// <summary>What stands in brackets, which have no operation of their own.</summary>
    /// <param name="expression">An expression.</param>
    /// <returns>The expression, or the one within it.</returns>
    public static ExpressionSyntax Within(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var within } => Within(within),
        CheckedExpressionSyntax { Expression: var within } => Within(within),
        _ => expression,
    };

    private static ImmutableArray<IOperation> Items(IOperation? value) => value switch
    {
        IConversionOperation conversion => Items(conversion.Operand),
        IArrayCreationOperation { Initializer: { } list } => list.ElementValues,
        IArrayInitializerOperation list => list.ElementValues,
        ICollectionExpressionOperation list => list.Elements,
        _ => [],
    };

    private static ulong? Constant(IOperation item, ScalarType type) => item switch
    {
        { ConstantValue: { HasValue: true, Value: { } value } } when item.Type.Scalar() is { } own => own == type ? Constants.Of(type, value).Bits : null,
        IConversionOperation { Operand: { ConstantValue: { HasValue: true, Value: { } value } } operand } when type == ScalarType.Q16
            && operand.Type.Scalar() is { } from => Constants.ToQ16(Constants.Of(from, value)).Bits,
        IInvocationOperation { TargetMethod: { Name: "FromRaw" } method, Arguments: { Length: 1 } arguments }
            when method.ContainingType.IsNamed(KmlNames.Q16) && arguments[0].Value.ConstantValue is { HasValue: true, Value: int raw } =>
            Constants.Q16Raw(raw).Bits,
        IPropertyReferenceOperation { Property: { Name: "Zero" } zero } when zero.ContainingType.IsNamed(KmlNames.Q16) => 0,
        IPropertyReferenceOperation { Property: { Name: "One" } one } when one.ContainingType.IsNamed(KmlNames.Q16) => Constants.One(type).Bits,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } minus when type == ScalarType.Q16 && Constant(minus.Operand, type) is { } negated =>
            Constants.Q16(BinaryOperatorKind.Subtract, 0, negated),
        IBinaryOperation binary
            when type == ScalarType.Q16 && Constant(binary.LeftOperand, type) is { } left && Constant(binary.RightOperand, type) is { } right =>
            Constants.Q16(binary.OperatorKind, left, right),
        _ => null,
    };
}
