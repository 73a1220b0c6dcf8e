using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>The values that an integer can have.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
public readonly record struct IntegerRange(BigInteger Min, BigInteger Max)
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
            ? new(-(BigInteger.One << (bits - 1)), (BigInteger.One << (bits - 1)) - 1)
            : new(0, (BigInteger.One << bits) - 1);
    }

    /// <summary>One value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The range.</returns>
    public static IntegerRange Exactly(BigInteger value) => new(value, value);

    /// <summary>The value of a constant.</summary>
    /// <param name="constant">A Bool, an integer or a Q16 (its raw value).</param>
    /// <returns>The range.</returns>
    public static IntegerRange Of(Constant constant) => Exactly(constant.Type == ScalarType.U64 ? constant.Bits : (BigInteger)unchecked((long)constant.Bits));

    /// <summary>Whether it is one value.</summary>
    public bool IsExact => Min == Max;

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

    /// <summary>The values of both.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>The smallest range that holds the two.</returns>
    public IntegerRange Union(IntegerRange other) => new(BigInteger.Min(Min, other.Min), BigInteger.Max(Max, other.Max));

    /// <summary>The values that are in both.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>The range; this one where no value is in both: what is found there is never reached.</returns>
    public IntegerRange Within(IntegerRange other)
    {
        BigInteger min = BigInteger.Max(Min, other.Min), max = BigInteger.Min(Max, other.Max);
        return min <= max ? new(min, max) : this;
    }

    /// <summary>The difference.</summary>
    /// <param name="right">What is subtracted.</param>
    /// <returns>The range of the result, before it wraps.</returns>
    public IntegerRange Minus(IntegerRange right) => new(Min - right.Max, Max - right.Min);

    /// <summary>This range, or all values where it passes them: what was computed has wrapped.</summary>
    /// <param name="all">All values of the type.</param>
    /// <returns>The range.</returns>
    public IntegerRange OrAll(IntegerRange all) => all.Holds(this) ? this : all;

    private IntegerRange Times(IntegerRange right)
    {
        BigInteger a = Min * right.Min, b = Min * right.Max, c = Max * right.Min, d = Max * right.Max;
        return new(BigInteger.Min(BigInteger.Min(a, b), BigInteger.Min(c, d)), BigInteger.Max(BigInteger.Max(a, b), BigInteger.Max(c, d)));
    }
}
