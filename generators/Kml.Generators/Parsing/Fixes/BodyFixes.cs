using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>
/// What mends a construct that a body cannot have. A change is offered only where it is sure to compile: what else the construct has to do with is looked at
/// first, and what is not known to take the change stands against it.
/// </summary>
internal static class BodyFixes
{
    /// <summary>The change that mends an operation.</summary>
    /// <param name="operation">What was refused.</param>
    /// <param name="kind">What the body is.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? For(IOperation operation, BodyKind kind) => operation switch
    {
        IInvocationOperation call => FunctionFix.For(call, kind),
        _ when IsArray(operation.Syntax) => ArrayFix.For(operation),
        _ => DoubleFix.For(operation, kind),
    };

    /// <summary>The change that mends a double literal.</summary>
    /// <param name="literal">The literal.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? ForLiteral(IOperation literal) =>
        literal.Syntax is LiteralExpressionSyntax { Token: { Value: double value, Text: var text } } && DoubleLiteral.FitsFloat(value)
            ? new Fix(FixKind.FloatLiteral, DoubleLiteral.AsFloat(text))
            : null;

    /// <summary>Whether a double may become a float where it is: what takes it now takes it then, by C#'s own conversion.</summary>
    public static bool MayBeFloat(IOperation value) => MayBeFloat(value, new(SymbolEqualityComparer.Default));

    // A local is looked at once: two may be made of one another while a user types, and each of a chain of another twice.
    private static bool MayBeFloat(IOperation value, HashSet<ISymbol> seen) => value.Parent switch
    {
        IParenthesizedOperation outer => MayBeFloat(outer, seen),
        IConditionalOperation { Syntax: ConditionalExpressionSyntax } choice when choice.Condition != value => MayBeFloat(choice, seen),
        IArgumentOperation { Parameter: { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { IsGenericMethod: false } } } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
            declarator.Symbol.RefKind == RefKind.None && (Declaration(declarator) is { Type.IsVar: false } || IsUsedAsFloat(declarator, seen)),
        ISimpleAssignmentOperation { IsRef: false } assignment => assignment.Value == value,
        ICompoundAssignmentOperation assignment => assignment.Value == value,
        IConversionOperation or IBinaryOperation or IUnaryOperation or IReturnOperation or IExpressionStatementOperation => true,
        _ => false,
    };

    /// <summary>Whether a local of double takes no double after its declaration, and is used only where a float may be.</summary>
    public static bool IsUsedAsFloat(IVariableDeclaratorOperation declarator) => IsUsedAsFloat(declarator, new(SymbolEqualityComparer.Default));

    private static bool IsUsedAsFloat(IVariableDeclaratorOperation declarator, HashSet<ISymbol> seen) =>
        declarator.Symbol.RefKind == RefKind.None
        && (!seen.Add(declarator.Symbol) || References(declarator).All(o => o.Parent switch
        {
            ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Target == o => ConvertsToFloat(assignment.Value),
            ICompoundAssignmentOperation { OperatorMethod: null } assignment when assignment.Target == o => ConvertsToFloat(assignment.Value),
            IIncrementOrDecrementOperation => true,
            _ => MayBeFloat(o, seen),
        }));

    /// <summary>Whether a value that C# converts to double would be converted to float by itself as well.</summary>
    public static bool ConvertsToFloat(IOperation value) => Unconverted(value).Type.Scalar() is not null;

    /// <summary>Where a local is used.</summary>
    public static IEnumerable<ILocalReferenceOperation> References(IVariableDeclaratorOperation declarator) =>
        Root(declarator).Descendants()
            .OfType<ILocalReferenceOperation>()
            .Where(o => SymbolEqualityComparer.Default.Equals(o.Local, declarator.Symbol));

    /// <summary>The only local that a declaration declares, if its type is written once and for it alone.</summary>
    public static VariableDeclarationSyntax? Declaration(IVariableDeclaratorOperation declarator) =>
        declarator.Syntax is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } ? declaration : null;

    /// <summary>The method or function in which an operation is.</summary>
    public static IOperation? Function(IOperation operation)
    {
        IOperation? outer = operation.Parent;
        while (outer is not null and not (ILocalFunctionOperation or IAnonymousFunctionOperation))
            outer = outer.Parent;
        return outer;
    }

    private static IOperation Unconverted(IOperation operation) => operation switch
    {
        IConversionOperation { IsImplicit: true, Operand: var inner } => Unconverted(inner),
        IParenthesizedOperation { Operand: var inner } => Unconverted(inner),
        _ => operation,
    };

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    private static bool IsArray(SyntaxNode node) =>
        node is ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax or InitializerExpressionSyntax;
}
