using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Arithmetic that <c>checked</c> asks for: a result that does not fit abandons the body.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Applies an operator, and fails where its result does not fit.</summary>
    private Expression? Checked(BinaryOperatorKind kind, ScalarType result, Expression left, Expression right)
    {
        ScalarType type = left.Type.Promoted();
        bool isSum = kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply;
        if (!isSum || !type.IsInteger())
            return Arithmetic.Binary(kind, result, left, right);
        Expression a = _scope.Keep(Arithmetic.ConvertTo(type, left), "left"), b = _scope.Keep(Arithmetic.ConvertTo(type, right), "right");
        Expression value = _scope.Keep(Arithmetic.Binary(kind, type, a, b)!, "result");
        FailIf(type.Size() == 4 ? OverflowsNarrow(kind, type, a, b) : OverflowsWide(kind, type, a, b, value));
        return CheckedTo(result, value);
    }

    /// <summary>
    /// Whether an operation stands in a <c>checked</c>: of conversions from and to an enum, and of those back to the type of what is assigned by a shift,
    /// Roslyn's operations say nothing.
    /// </summary>
    private static bool IsInChecked(IOperation operation) =>
        operation.Syntax.Ancestors().Select(a => a switch
        {
            CheckedExpressionSyntax e => e.Keyword.ValueText == "checked",
            CheckedStatementSyntax s => s.Keyword.ValueText == "checked",
            _ => (bool?)null,
        }).FirstOrDefault(c => c is not null) == true;

    private Expression CheckedNegation(Expression operand)
    {
        Expression value = _scope.Keep(operand, "operand");
        if (value.Type.IsSigned())
            FailIf(Is(value, Least(value.Type)));
        else if (value.Type.IsInteger())
            FailIf(Compare(BinaryOperator.NotEqual, Promoted(value), Constants.Zero(value.Type.Promoted())));
        return Arithmetic.Negate(value);
    }

    /// <summary>Converts, and fails where the value does not fit.</summary>
    private Expression CheckedTo(ScalarType type, Expression operand)
    {
        if (operand.Type == type || !type.IsInteger() || operand.Type is ScalarType.Bool or ScalarType.Q16)
            return Arithmetic.ConvertTo(type, operand);
        Expression value = _scope.Keep(operand, "value");
        if (value.Type == ScalarType.F32)
            FailIf(OutsideOfFloat(type, value));
        else
            FailIf(Outside(type, value));
        return Arithmetic.ConvertTo(type, value);
    }

    private void FailIf(Expression? test)
    {
        if (test is not null)
            Emit(new If(test, new Block(EquatableArray.Of<Statement>(new Fail(Fault.Overflow))), new Block(default)));
    }

    // 64 bits hold any result of 32: those of two unsigned ones as unsigned, but for a difference.
    private static Expression OverflowsNarrow(BinaryOperatorKind kind, ScalarType type, Expression a, Expression b)
    {
        if (type == ScalarType.U32 && kind == BinaryOperatorKind.Subtract)
            return Compare(BinaryOperator.Less, a, b);
        ScalarType wide = type == ScalarType.U32 ? ScalarType.U64 : ScalarType.I64;
        Expression exact = Arithmetic.Binary(kind, wide, new Conversion(wide, a), new Conversion(wide, b))!;
        return type == ScalarType.U32
            ? Compare(BinaryOperator.Greater, exact, new Constant(wide, uint.MaxValue))
            : Compare(BinaryOperator.NotEqual, exact, new Conversion(wide, new Conversion(type, exact)));
    }

    private static Expression OverflowsWide(BinaryOperatorKind kind, ScalarType type, Expression a, Expression b, Expression value)
    {
        Constant zero = Constants.Zero(type);
        if (kind == BinaryOperatorKind.Multiply)
        {
            // By zero nothing overflows; the smallest by -1 does, and may not be divided again.
            Expression differs = Compare(BinaryOperator.NotEqual, new Binary(type, BinaryOperator.Divide, value, b), a);
            if (type.IsSigned())
            {
                Constant minusOne = new(type, ulong.MaxValue);
                differs = Or(And(Is(b, minusOne), Is(a, Least(type))), And(Compare(BinaryOperator.NotEqual, b, minusOne), differs));
            }
            return And(Compare(BinaryOperator.NotEqual, b, zero), differs);
        }

        bool isSum = kind == BinaryOperatorKind.Add;
        if (!type.IsSigned())
            return isSum ? Compare(BinaryOperator.Less, value, a) : Compare(BinaryOperator.Less, a, b);

        // Of a sum, where both operands have the sign that it has not; of a difference, where the left alone has not its sign, and the right has.
        Expression first = new Binary(type, BinaryOperator.Xor, a, isSum ? value : b), second = new Binary(type, BinaryOperator.Xor, isSum ? b : a, value);
        return Compare(BinaryOperator.Less, new Binary(type, BinaryOperator.And, first, second), zero);
    }

    private static Expression? Outside(ScalarType type, Expression value)
    {
        Expression? below = null, above = null;
        if (value.Type.IsSigned() && (!type.IsSigned() || type.Size() < value.Type.Size()))
            below = Compare(BinaryOperator.Less, Promoted(value), new Constant(value.Type.Promoted(), type.IsSigned() ? Least(type).Bits : 0));
        bool isNarrower = type.Size() < value.Type.Size() || (type.Size() == value.Type.Size() && type.IsSigned() && !value.Type.IsSigned());
        if (isNarrower)
            above = Compare(BinaryOperator.Greater, Promoted(value), new Constant(value.Type.Promoted(), Greatest(type)));
        return below is null ? above : above is null ? below : Or(below, above);
    }

    // NaN is outside, too: no comparison with it holds.
    private static Expression OutsideOfFloat(ScalarType type, Expression value)
    {
        int bits = 8 * type.Size();
        float beyond = (float)System.Math.Pow(2, type.IsSigned() ? bits - 1 : bits), least = type.IsSigned() ? -beyond : -1f;
        bool isExact = !type.IsSigned() || bits >= 32;

        // Truncated towards zero: what is above -1, or above the smallest less one, still fits.
        Expression fits = And(
            type.IsSigned() && isExact
                ? Compare(BinaryOperator.GreaterOrEqual, value, Constants.Of(ScalarType.F32, least))
                : Compare(BinaryOperator.Greater, value, Constants.Of(ScalarType.F32, type.IsSigned() ? least - 1 : least)),
            Compare(BinaryOperator.Less, value, Constants.Of(ScalarType.F32, beyond)));
        return new Unary(UnaryOperator.Not, fits);
    }

    private static Expression Promoted(Expression value) => Arithmetic.ConvertTo(value.Type.Promoted(), value);

    private static Constant Least(ScalarType type) => new(type, unchecked((ulong)(long.MinValue >> (64 - (8 * type.Size())))));

    private static ulong Greatest(ScalarType type) => ulong.MaxValue >> (64 - (8 * type.Size()) + (type.IsSigned() ? 1 : 0));

    private static Binary Compare(BinaryOperator op, Expression left, Expression right) => new(ScalarType.Bool, op, left, right);

    private static Binary Is(Expression left, Constant right) => Compare(BinaryOperator.Equal, Promoted(left), right with { Type = left.Type.Promoted() });

    private static Binary Or(Expression left, Expression right) => new(ScalarType.Bool, BinaryOperator.OrElse, left, right);
}
