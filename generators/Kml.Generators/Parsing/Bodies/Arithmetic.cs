using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>Builds operators of a body from those of C#.</summary>
internal static class Arithmetic
{
    /// <summary>Converts, where the types differ. A promoted constant stays one: its bits are extended already.</summary>
    public static Expression ConvertTo(ScalarType type, Expression operand)
    {
        if (operand.Type == type)
            return operand;
        return operand is Constant constant && constant.Type.IsInteger() && type == constant.Type.Promoted()
            ? new Constant(type, constant.Bits)
            : new Conversion(type, operand);
    }

    /// <summary>
    /// Applies an operator. C# has converted operands already, but for enums of narrow types, on which it computes
    /// as on their promoted underlying values.
    /// </summary>
    /// <param name="kind">The operator.</param>
    /// <param name="result">The type of the result.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <returns>The expression, or null where the module has no such operator.</returns>
    public static Expression? Binary(BinaryOperatorKind kind, ScalarType result, Expression left, Expression right)
    {
        if (kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift)
            return Shift(kind, result, left, right);
        if (Operator(kind) is not { } op)
            return null;

        left = ConvertTo(left.Type.Promoted(), left);
        right = ConvertTo(left.Type, right);
        return IsRelation(op)
            ? new Binary(ScalarType.Bool, op, left, right)
            : ConvertTo(result, new Binary(left.Type, op, left, right));
    }

    /// <summary>Negates in the operand's own type, which C# has promoted where it is none of a type parameter.</summary>
    /// <param name="operand">The operand.</param>
    /// <returns>The expression.</returns>
    public static Expression Negate(Expression operand)
    {
        Expression promoted = ConvertTo(operand.Type.Promoted(), operand);
        bool isUnsigned = promoted.Type is ScalarType.U32 or ScalarType.U64;
        Expression negated = isUnsigned
            ? new Binary(promoted.Type, BinaryOperator.Subtract, new Constant(promoted.Type, 0), promoted)
            : new Unary(UnaryOperator.Negate, promoted);
        return ConvertTo(operand.Type, negated);
    }

    private static Expression Shift(BinaryOperatorKind kind, ScalarType result, Expression left, Expression right)
    {
        ScalarType own = left.Type, type = own.Promoted();
        right = ConvertTo(ScalarType.I32, right);

        // A narrow type that C# has not promoted is that of a type parameter: .NET masks the count to its width, and fills in zeros from there.
        if (own != type)
        {
            right = new Binary(ScalarType.I32, BinaryOperator.And, right, new Constant(ScalarType.I32, (ulong)((8 * own.Size()) - 1)));
            if (kind == BinaryOperatorKind.UnsignedRightShift && own.IsSigned())
                left = ConvertTo(own == ScalarType.I8 ? ScalarType.U8 : ScalarType.U16, left);
        }

        left = ConvertTo(type, left);
        if (kind == BinaryOperatorKind.UnsignedRightShift && type.IsSigned())
        {
            ScalarType unsigned = type == ScalarType.I32 ? ScalarType.U32 : ScalarType.U64;
            left = ConvertTo(unsigned, left);
            return ConvertTo(result, new Binary(unsigned, BinaryOperator.ShiftRight, left, right));
        }

        BinaryOperator op = kind == BinaryOperatorKind.LeftShift ? BinaryOperator.ShiftLeft : BinaryOperator.ShiftRight;
        return ConvertTo(result, new Binary(type, op, left, right));
    }

    private static bool IsRelation(BinaryOperator op) => op is >= BinaryOperator.Equal and <= BinaryOperator.OrElse;

    private static BinaryOperator? Operator(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => BinaryOperator.Add,
        BinaryOperatorKind.Subtract => BinaryOperator.Subtract,
        BinaryOperatorKind.Multiply => BinaryOperator.Multiply,
        BinaryOperatorKind.Divide => BinaryOperator.Divide,
        BinaryOperatorKind.Remainder => BinaryOperator.Remainder,
        BinaryOperatorKind.And => BinaryOperator.And,
        BinaryOperatorKind.Or => BinaryOperator.Or,
        BinaryOperatorKind.ExclusiveOr => BinaryOperator.Xor,
        BinaryOperatorKind.Equals => BinaryOperator.Equal,
        BinaryOperatorKind.NotEquals => BinaryOperator.NotEqual,
        BinaryOperatorKind.LessThan => BinaryOperator.Less,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperator.LessOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperator.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperatorKind.ConditionalAnd => BinaryOperator.AndAlso,
        BinaryOperatorKind.ConditionalOr => BinaryOperator.OrElse,
        _ => null,
    };
}
