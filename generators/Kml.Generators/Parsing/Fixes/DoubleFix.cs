using System.Linq;
using Kml.Generators.Parsing.Bodies;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>Whether what is computed in double can as well be computed in float, by writing float where double is written.</summary>
internal static class DoubleFix
{
    /// <summary>The change that mends an operation on doubles.</summary>
    /// <param name="operation">What was refused.</param>
    /// <param name="kind">What the body is: an update computes in neither.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? For(IOperation operation, BodyKind kind)
    {
        bool isComparison = operation is IBinaryOperation { OperatorMethod: null } comparison && comparison.ChildOperations.Any(c => IsDouble(c.Type));
        if (kind == BodyKind.Update || !(isComparison || IsDouble(operation.Type)) || !BecomesFloat(operation))
            return null;
        if (isComparison && !IsDouble(operation.Type))
            return new Fix(FixKind.FloatType);
        if (operation.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
            return BodyFixes.MayBeFloat(operation) ? new Fix(FixKind.FloatType) : null;
        if (BodyFixes.Declaration(declarator) is { } declaration && IsDouble(declarator.Symbol.Type))
        {
            if (BodyFixes.IsUsedAsFloat(declarator))
                return new Fix(FixKind.FloatType, declaration.Type.IsVar ? "" : Fix.AndType);
            return declaration.Type.IsVar ? null : new Fix(FixKind.FloatType);
        }

        return null;
    }

    /// <summary>The change that mends the type of a local, whose first value is none or no double.</summary>
    /// <param name="declarator">The local's declaration.</param>
    /// <param name="kind">What the body is.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? ForType(IVariableDeclaratorOperation declarator, BodyKind kind) =>
        kind != BodyKind.Update
        && IsDouble(declarator.Symbol.Type)
        && BodyFixes.Declaration(declarator) is { Type: PredefinedTypeSyntax }
        && (declarator.GetVariableInitializer() is not { } initializer || BodyFixes.ConvertsToFloat(initializer.Value))
        && BodyFixes.IsUsedAsFloat(declarator)
            ? new Fix(FixKind.FloatType, Fix.AndType)
            : null;

    private static bool IsDouble(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Double;

    /// <summary>Whether an operation is in double by what is written as (double) in it, and by nothing else.</summary>
    private static bool BecomesFloat(IOperation operation) => operation switch
    {
        IParenthesizedOperation o => BecomesFloat(o.Operand),
        IConversionOperation { Syntax: CastExpressionSyntax { Type: not PredefinedTypeSyntax }, IsImplicit: false } => false,
        IConversionOperation o when IsDouble(o.Type) => IsDouble(o.Operand.Type) ? BecomesFloat(o.Operand) : o.Operand.Type.Scalar() is not null,
        IUnaryOperation { OperatorMethod: null } o => BecomesFloat(o.Operand),
        IBinaryOperation { OperatorMethod: null } o => Side(o.LeftOperand) && Side(o.RightOperand),
        IConditionalOperation { WhenFalse: { } otherwise } o when IsDouble(o.Type) => Side(o.WhenTrue) && Side(otherwise),
        _ => false,
    };

    private static bool Side(IOperation operation) => IsDouble(operation.Type) ? BecomesFloat(operation) : operation.Type.Scalar() is not null;
}
