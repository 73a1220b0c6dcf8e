namespace Kml.Model;

/// <summary>Operators with one operand.</summary>
public enum UnaryOperator
{
    /// <summary>Wrapping negation.</summary>
    Negate,

    /// <summary>Bitwise complement.</summary>
    Complement,

    /// <summary>Logical not, on Bool.</summary>
    Not,
}

/// <summary>Operators with two operands.</summary>
public enum BinaryOperator
{
    /// <summary>Wrapping (or float) addition.</summary>
    Add,

    /// <summary>Wrapping (or float) subtraction.</summary>
    Subtract,

    /// <summary>Wrapping (or float) multiplication.</summary>
    Multiply,

    /// <summary>Division; integers and Q16 fault on zero, signed integers on the smallest value by -1.</summary>
    Divide,

    /// <summary>Remainder; it faults as division does. Integers only.</summary>
    Remainder,

    /// <summary>Bitwise and; on Bool, both sides evaluated.</summary>
    And,

    /// <summary>Bitwise or; on Bool, both sides evaluated.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>Shift left; the count is masked to the width.</summary>
    ShiftLeft,

    /// <summary>Shift right, arithmetic on signed types; the count is masked to the width.</summary>
    ShiftRight,

    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,

    /// <summary>Less.</summary>
    Less,

    /// <summary>Less or equal.</summary>
    LessOrEqual,

    /// <summary>Greater.</summary>
    Greater,

    /// <summary>Greater or equal.</summary>
    GreaterOrEqual,

    /// <summary>Logical and, short-circuit.</summary>
    AndAlso,

    /// <summary>Logical or, short-circuit.</summary>
    OrElse,
}

/// <summary>Functions that bodies may call; <see cref="FunctionCatalog"/> has a row of each.</summary>
public enum Function
{
    /// <summary>Math.Abs; faults on the smallest signed integer.</summary>
    Abs,

    /// <summary>Math.Min, with .NET's order of NaN and zeros.</summary>
    Min,

    /// <summary>Math.Max, with .NET's order of NaN and zeros.</summary>
    Max,

    /// <summary>Math.Sign, an I32; faults on NaN.</summary>
    Sign,

    /// <summary>Math.Clamp; faults if the bounds are crossed.</summary>
    Clamp,

    /// <summary>The place of the highest bit that is set, 0 where none is, as uint.Log2 and int.Log2 have it; faults on a negative number.</summary>
    FloorLog2,

    /// <summary>How many bits are set.</summary>
    PopCount,

    /// <summary>How many bits above the highest one that is set; all where none is.</summary>
    LeadingZeroCount,

    /// <summary>How many bits below the lowest one that is set; all where none is.</summary>
    TrailingZeroCount,

    /// <summary>The bits rotated to the left, by a count that is masked to the width.</summary>
    RotateLeft,

    /// <summary>The bits rotated to the right, by a count that is masked to the width.</summary>
    RotateRight,

    /// <summary>BitOperations.RoundUpToPowerOf2: 0 of 0, and where the power does not fit.</summary>
    RoundUpToPowerOf2,

    /// <summary>Whether a number is a power of two, a Bool; no number below 1 is.</summary>
    IsPow2,

    /// <summary>MathF.Sqrt.</summary>
    Sqrt,

    /// <summary>MathF.Floor.</summary>
    Floor,

    /// <summary>MathF.Ceiling.</summary>
    Ceiling,

    /// <summary>MathF.Truncate.</summary>
    Truncate,

    /// <summary>MathF.Round: a half goes to the even one.</summary>
    Round,

    /// <summary>KmlMath.Exp.</summary>
    Exp,

    /// <summary>KmlMath.Log.</summary>
    Log,

    /// <summary>KmlMath.Log2.</summary>
    Log2,

    /// <summary>KmlMath.Tanh.</summary>
    Tanh,

    /// <summary>KmlMath.Sigmoid.</summary>
    Sigmoid,

    /// <summary>Saturating.Add.</summary>
    SaturatingAdd,

    /// <summary>Saturating.Subtract.</summary>
    SaturatingSubtract,

    /// <summary>Buckets.Log2, an I32.</summary>
    Log2Bucket,

    /// <summary>Hash.Mix.</summary>
    Mix,

    /// <summary>Hash.Mix32, a U32.</summary>
    Mix32,

    /// <summary>Ewma.Next.</summary>
    EwmaNext,

    /// <summary>Reciprocal.Of, a U64; faults on 0.</summary>
    ReciprocalOf,

    /// <summary>Reciprocal.Divide.</summary>
    ReciprocalDivide,

    /// <summary>Q16.Reciprocal; faults on 0.</summary>
    FixedReciprocal,

    /// <summary>Q16.Log2, a Q16.</summary>
    FixedLog2,

    /// <summary>Q16.Exp2.</summary>
    FixedExp2,
}
