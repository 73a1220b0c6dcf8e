using System.Linq;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <content>What operators make of values, and what tests say of them.</content>
public sealed partial class Facts
{
    private IntegerRange Arithmetic(Binary e)
    {
        IntegerRange all = IntegerRange.Of(e.Type), left = Of(e.Left), right = Of(e.Right);
        bool positive = left.Min >= 0;
        bool constant = right.IsExact;
        return e.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => IntegerRange.Unwrapped(e.Operator, left, right)!.Value,
            BinaryOperator.Divide when constant && right.Min > 0 => new(left.Min / right.Min, left.Max / right.Min),
            BinaryOperator.Divide when positive && right.Min >= 0 => new(0, left.Max),
            BinaryOperator.Remainder when right.Min > 0 =>
                new(positive ? 0 : 1 - right.Max, positive ? BigInteger.Min(left.Max, right.Max - 1) : right.Max - 1),
            BinaryOperator.And when right.Min >= 0 => new(0, positive ? BigInteger.Min(left.Max, right.Max) : right.Max),
            BinaryOperator.And when positive => new(0, left.Max),
            BinaryOperator.Or or BinaryOperator.Xor when positive && right.Min >= 0 => new(0, AllOnes(BigInteger.Max(left.Max, right.Max))),
            BinaryOperator.ShiftRight when constant => new(left.Min >> Count(e, right), left.Max >> Count(e, right)),
            BinaryOperator.ShiftRight when positive => new(0, left.Max),
            BinaryOperator.ShiftLeft when constant => new(left.Min << Count(e, right), left.Max << Count(e, right)),
            _ => all,
        };
    }

    private IntegerRange OfFunction(FunctionCall e, IntegerRange all)
    {
        if (e.Arguments.Any(a => !IsWhole(a.Type)))
            return all;
        return FunctionRanges.Of(e.Function, [.. e.Arguments.Select(Of)], all);
    }

    private static BigInteger AllOnes(BigInteger value)
    {
        BigInteger ones = 0;
        while (ones < value)
            ones = (ones << 1) | 1;
        return ones;
    }

    private static int Count(Binary e, IntegerRange right) => (int)(right.Min & ((8 * e.Type.Size()) - 1));

    /// <summary>How a test comes out, where that is known.</summary>
    /// <param name="test">A Bool.</param>
    /// <returns>The outcome; null where it may be either.</returns>
    public bool? Decide(Expression test)
    {
        switch (test)
        {
            case Unary { Operator: UnaryOperator.Not } e:
                return !Decide(e.Operand);
            case Binary { Operator: BinaryOperator.AndAlso or BinaryOperator.OrElse } e:
                bool decisive = e.Operator == BinaryOperator.OrElse;
                bool? left = Decide(e.Left), right = Decide(e.Right);
                return left == decisive || right == decisive ? decisive : left == !decisive && right == !decisive ? !decisive : null;
            case Binary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } e when IsWhole(e.Left.Type):
                return Decide(e.Operator, Of(e.Left), Of(e.Right))
                    ?? (e.Operator <= BinaryOperator.NotEqual && IsSame(e.Left, e.Right) ? (bool?)(e.Operator == BinaryOperator.Equal) : null);
            default:
                return Of(test) is { IsExact: true } known ? !known.Min.IsZero : null;
        }
    }

    /// <summary>How a comparison comes out, where the operands' values decide it.</summary>
    /// <param name="relation">The comparison.</param>
    /// <param name="left">The values of the left operand.</param>
    /// <param name="right">The values of the right operand.</param>
    /// <returns>The outcome; null where it may be either.</returns>
    public static bool? Decide(BinaryOperator relation, IntegerRange left, IntegerRange right) => relation switch
    {
        BinaryOperator.Less when left.Max < right.Min => true,
        BinaryOperator.Less when left.Min >= right.Max => false,
        BinaryOperator.LessOrEqual when left.Max <= right.Min => true,
        BinaryOperator.LessOrEqual when left.Min > right.Max => false,
        BinaryOperator.Greater when left.Min > right.Max => true,
        BinaryOperator.Greater when left.Max <= right.Min => false,
        BinaryOperator.GreaterOrEqual when left.Min >= right.Max => true,
        BinaryOperator.GreaterOrEqual when left.Max < right.Min => false,
        BinaryOperator.Equal when left.Max < right.Min || right.Max < left.Min => false,
        BinaryOperator.NotEqual when left.Max < right.Min || right.Max < left.Min => true,
        BinaryOperator.Equal when left.IsExact && left == right => true,
        BinaryOperator.NotEqual when left.IsExact && left == right => false,
        _ => null,
    };

    /// <summary>Takes a test's outcome for granted.</summary>
    private void Assume(Expression test, bool holds)
    {
        switch (test)
        {
            case Constant c:
                IsUnreachable |= c.Bits != 0 != holds;
                break;
            case Unary { Operator: UnaryOperator.Not } e:
                Assume(e.Operand, !holds);
                break;
            case Binary { Operator: BinaryOperator.AndAlso or BinaryOperator.OrElse } e:
                // Of "a and b" both hold if it holds; of "a or b" neither does if it does not.
                if (holds == (e.Operator == BinaryOperator.AndAlso))
                {
                    Assume(e.Left, holds);
                    Assume(e.Right, holds);
                }

                break;
            case Binary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } e when IsWhole(e.Left.Type):
                Compare(e.Left, holds ? e.Operator : Opposite(e.Operator), Of(e.Right));
                Compare(e.Right, Mirrored(holds ? e.Operator : Opposite(e.Operator)), Of(e.Left));
                break;
            case Read { Type: ScalarType.Bool } e when Key(e.Place) is { } key:
                _known[key] = IntegerRange.Exactly(holds ? 1 : 0);
                break;
        }
    }

    private void Compare(Expression operand, BinaryOperator relation, IntegerRange other)
    {
        // What only widens has the value of what it widens.
        operand = Narrowest(operand);
        if (operand is not (Read or Conversion { Operand: Read }))
            return;
        IntegerRange now = Of(operand);
        IntegerRange? allowed = relation switch
        {
            BinaryOperator.Equal => other,
            BinaryOperator.Less => new(now.Min, other.Max - 1),
            BinaryOperator.LessOrEqual => new(now.Min, other.Max),
            BinaryOperator.Greater => new(other.Min + 1, now.Max),
            BinaryOperator.GreaterOrEqual => new(other.Min, now.Max),
            BinaryOperator.NotEqual when other.IsExact && other.Min == now.Min => new(now.Min + 1, now.Max),
            BinaryOperator.NotEqual when other.IsExact && other.Max == now.Max => new(now.Min, now.Max - 1),
            _ => null,
        };
        if (allowed is not { } range)
            return;
        range = now.Within(range);
        if (operand is Conversion conversion)
            CompareUnsigned(conversion, range);
        else if (Key(((Read)operand).Place) is { } key)
            _known[key] = range;
    }

    // (uint)i < 8 says two things of an int: below zero it would be converted to more than 8.
    private void CompareUnsigned(Conversion conversion, IntegerRange range)
    {
        Read inner = (Read)conversion.Operand;
        if (!conversion.Type.IsInteger() || conversion.Type.IsSigned() || !inner.Type.IsSigned() || conversion.Type.Size() < inner.Type.Size())
            return;
        IntegerRange now = Of(inner);
        if (Key(inner.Place) is { } key && range.Max <= IntegerRange.Of(conversion.Type).Max + now.Min)
            _known[key] = now.Within(new(BigInteger.Max(range.Min, 0), range.Max));
    }

    /// <summary>What an expression converts without changing its value.</summary>
    internal Expression Narrowest(Expression expression)
    {
        while (expression is Conversion { Operand: { Type: not ScalarType.F32 and not ScalarType.Q16 } inner } conversion
            && conversion.Type.IsInteger() && IntegerRange.Of(conversion.Type).Holds(Of(inner)))
            expression = inner;
        return expression;
    }

    internal static BinaryOperator Opposite(BinaryOperator relation) => relation switch
    {
        BinaryOperator.Equal => BinaryOperator.NotEqual,
        BinaryOperator.NotEqual => BinaryOperator.Equal,
        BinaryOperator.Less => BinaryOperator.GreaterOrEqual,
        BinaryOperator.LessOrEqual => BinaryOperator.Greater,
        BinaryOperator.Greater => BinaryOperator.LessOrEqual,
        _ => BinaryOperator.Less,
    };

    internal static BinaryOperator Mirrored(BinaryOperator relation) => relation switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        _ => relation,
    };
}
