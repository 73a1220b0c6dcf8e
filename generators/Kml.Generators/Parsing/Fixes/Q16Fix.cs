using System;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>Whether what an update computes in floating point, of numbers of Q16 and for one, can as well be computed in Q16.</summary>
internal static class Q16Fix
{
    private const double Least = 1 / 65536.0;
    private const double Most = 32767;

    /// <summary>The change that mends a float within a cast to Q16.</summary>
    /// <param name="operation">The float.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? For(IOperation operation)
    {
        IOperation? outer = operation.Parent;
        while (outer is IConversionOperation or IBinaryOperation or IUnaryOperation && !outer.Type.IsNamed(KmlNames.Q16))
            outer = outer.Parent;
        return outer is IConversionOperation { Syntax: CastExpressionSyntax { Type: not PredefinedTypeSyntax } } cast
            && cast.Type.IsNamed(KmlNames.Q16)
            && BecomesQ16(cast.Operand)
                ? new Fix(FixKind.Q16)
                : null;
    }

    // A divisor that is not known could be 0: in floating point that is no fault. Other numbers than those of Q16 would be cut off.
    private static bool BecomesQ16(IOperation operation) => operation switch
    {
        { Syntax: LiteralExpressionSyntax, ConstantValue: { HasValue: true, Value: float value } } => IsIn(value),
        { Syntax: LiteralExpressionSyntax, ConstantValue: { HasValue: true, Value: double value } } => IsIn(value),
        IConversionOperation { Type.SpecialType: SpecialType.System_Single or SpecialType.System_Double } o =>
            o.Operand.Type.IsNamed(KmlNames.Q16) || BecomesQ16(o.Operand),
        IUnaryOperation { OperatorMethod: null, OperatorKind: UnaryOperatorKind.Minus } o => BecomesQ16(o.Operand),
        IBinaryOperation { OperatorMethod: null } o => o.OperatorKind switch
        {
            BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply => BecomesQ16(o.LeftOperand) && BecomesQ16(o.RightOperand),
            BinaryOperatorKind.Divide => o.RightOperand.Syntax is LiteralExpressionSyntax && BecomesQ16(o.LeftOperand) && BecomesQ16(o.RightOperand),
            _ => false,
        },
        _ => false,
    };

    private static bool IsIn(double value) => Math.Abs(value) is >= Least and <= Most;
}
