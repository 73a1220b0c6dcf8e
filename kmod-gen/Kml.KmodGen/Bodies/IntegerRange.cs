using System;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>
/// The values that an integer expression can have: what cannot overflow is written with C's own operators, and what is always true is not tested.
/// </summary>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
internal readonly record struct IntegerRange(Int128 Min, Int128 Max)
{
    /// <summary>All values of a type.</summary>
    /// <param name="type">Bool, an integer or Q16 (its raw value).</param>
    /// <returns>The range.</returns>
    public static IntegerRange Of(ScalarType type)
    {
        if (type == ScalarType.Bool)
            return new(0, 1);
        int bits = 8 * type.Size();
        return type.IsSigned() || type == ScalarType.Q16
            ? new(-(Int128.One << (bits - 1)), (Int128.One << (bits - 1)) - 1)
            : new(0, (Int128.One << bits) - 1);
    }

    /// <summary>The values that an expression can have.</summary>
    /// <param name="expression">An expression of an integer type, Bool or Q16.</param>
    /// <returns>The range.</returns>
    public static IntegerRange Of(Expression expression)
    {
        IntegerRange all = Of(expression.Type);
        return expression switch
        {
            Constant e => Exactly(e.Type == ScalarType.U64 ? e.Bits : (long)e.Bits),
            Conversion e when e.Type.IsInteger() && (e.Operand.Type.IsInteger() || e.Operand.Type == ScalarType.Bool) => Of(e.Operand).OrAll(all),
            Choice e => Of(e.WhenTrue).Union(Of(e.WhenFalse)),
            Unary { Operator: UnaryOperator.Negate } e when e.Type.IsInteger() => Exactly(0).Minus(Of(e.Operand)).OrAll(all),
            Binary e when e.Type.IsInteger() => Arithmetic(e).OrAll(all),
            FunctionCall e when e.Type.IsInteger() => Call(e, all),
            _ => all,
        };
    }

    /// <summary>Whether a range lies within this one.</summary>
    /// <param name="inner">The other.</param>
    /// <returns>True if it does.</returns>
    public bool Holds(IntegerRange inner) => Min <= inner.Min && inner.Max <= Max;

    /// <summary>The exact result of an addition, subtraction or multiplication, before it wraps.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <returns>The range of the result; null for other operators.</returns>
    public static IntegerRange? Unwrapped(BinaryOperator operation, IntegerRange left, IntegerRange right) => operation switch
    {
        BinaryOperator.Add => new(left.Min + right.Min, left.Max + right.Max),
        BinaryOperator.Subtract => left.Minus(right),
        BinaryOperator.Multiply => left.Times(right),
        _ => null,
    };

    private static IntegerRange Arithmetic(Binary e)
    {
        IntegerRange all = Of(e.Type), left = Of(e.Left), right = Of(e.Right);
        bool positive = left.Min >= 0;
        bool constant = right.Min == right.Max;
        return e.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => Unwrapped(e.Operator, left, right)!.Value,
            BinaryOperator.Divide when constant && right.Min > 0 => new(left.Min / right.Min, left.Max / right.Min),
            BinaryOperator.Remainder when constant && right.Min > 0 => new(positive ? 0 : 1 - right.Min, right.Min - 1),
            BinaryOperator.And when right.Min >= 0 => new(0, right.Max),
            BinaryOperator.And when positive => new(0, left.Max),
            BinaryOperator.ShiftRight when constant => new(left.Min >> Count(e, right), left.Max >> Count(e, right)),
            _ => all,
        };
    }

    private static IntegerRange Call(FunctionCall e, IntegerRange all)
    {
        if (e.Function == Function.Sign)
            return new(-1, 1);
        IntegerRange first = Of(e.Arguments[0]);
        switch (e.Function)
        {
            case Function.Abs:
                return new(0, all.Max);
            case Function.Min:
                IntegerRange low = Of(e.Arguments[1]);
                return new(Int128.Min(first.Min, low.Min), Int128.Min(first.Max, low.Max));
            case Function.Max:
                IntegerRange high = Of(e.Arguments[1]);
                return new(Int128.Max(first.Min, high.Min), Int128.Max(first.Max, high.Max));
            default:
                // A clamp with crossed bounds faults, and until the fault is tested its value is 0.
                IntegerRange least = Of(e.Arguments[1]), most = Of(e.Arguments[2]);
                IntegerRange within = new(least.Min, most.Max);
                return least.Max <= most.Min ? within : within.Union(Exactly(0));
        }
    }

    private static int Count(Binary e, IntegerRange right) => (int)right.Min & ((8 * e.Type.Size()) - 1);

    private static IntegerRange Exactly(Int128 value) => new(value, value);

    private IntegerRange Minus(IntegerRange right) => new(Min - right.Max, Max - right.Min);

    private IntegerRange Times(IntegerRange right)
    {
        // 64 by 64 bits fits 128 but for two unsigned ones, which wrap in any case.
        if (Max > long.MaxValue && right.Max > long.MaxValue)
            return new(0, Int128.MaxValue);
        Int128 a = Min * right.Min, b = Min * right.Max, c = Max * right.Min, d = Max * right.Max;
        return new(Int128.Min(Int128.Min(a, b), Int128.Min(c, d)), Int128.Max(Int128.Max(a, b), Int128.Max(c, d)));
    }

    private IntegerRange Union(IntegerRange other) => new(Int128.Min(Min, other.Min), Int128.Max(Max, other.Max));

    private IntegerRange OrAll(IntegerRange all) => all.Holds(this) ? this : all;
}
