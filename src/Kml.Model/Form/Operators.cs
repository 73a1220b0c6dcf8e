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

/// <summary>Functions that bodies may call.</summary>
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
}
