namespace Kml.KmodGen.Bodies.Tree;

/// <summary>
/// An operator with two operands, and how tightly these must bind to stand without parentheses: more tightly than C asks for where no reader knows C's
/// order.
/// </summary>
/// <param name="Symbol">Such as <c>+</c>.</param>
/// <param name="Binding">How tightly it binds.</param>
/// <param name="LeastLeft">How tightly its left operand must.</param>
/// <param name="LeastRight">How tightly its right operand must.</param>
/// <param name="Assigns">Whether <c>x = x + y</c> has a short form.</param>
internal sealed record COperator(string Symbol, Binding Binding, Binding LeastLeft, Binding LeastRight, bool Assigns = false)
{
    /// <summary>Addition.</summary>
    public static readonly COperator Add = new("+", Binding.Sum, Binding.Sum, Binding.Product, Assigns: true);

    /// <summary>Subtraction.</summary>
    public static readonly COperator Subtract = new("-", Binding.Sum, Binding.Sum, Binding.Product, Assigns: true);

    /// <summary>Multiplication.</summary>
    public static readonly COperator Multiply = new("*", Binding.Product, Binding.Product, Binding.Prefix, Assigns: true);

    /// <summary>Division.</summary>
    public static readonly COperator Divide = new("/", Binding.Product, Binding.Product, Binding.Prefix, Assigns: true);

    /// <summary>Remainder.</summary>
    public static readonly COperator Remainder = new("%", Binding.Product, Binding.Product, Binding.Prefix, Assigns: true);

    /// <summary>Shift to the left.</summary>
    public static readonly COperator ShiftLeft = new("<<", Binding.Shift, Binding.Prefix, Binding.Prefix, Assigns: true);

    /// <summary>Shift to the right.</summary>
    public static readonly COperator ShiftRight = new(">>", Binding.Shift, Binding.Prefix, Binding.Prefix, Assigns: true);

    /// <summary>Bitwise and.</summary>
    public static readonly COperator And = new("&", Binding.BitAnd, Binding.Prefix, Binding.Prefix, Assigns: true);

    /// <summary>Bitwise or.</summary>
    public static readonly COperator Or = new("|", Binding.BitOr, Binding.Prefix, Binding.Prefix, Assigns: true);

    /// <summary>Bitwise exclusive or.</summary>
    public static readonly COperator Xor = new("^", Binding.BitXor, Binding.Prefix, Binding.Prefix, Assigns: true);

    /// <summary>Equal.</summary>
    public static readonly COperator Equal = new("==", Binding.Equality, Binding.Shift, Binding.Shift);

    /// <summary>Not equal.</summary>
    public static readonly COperator NotEqual = new("!=", Binding.Equality, Binding.Shift, Binding.Shift);

    /// <summary>Less.</summary>
    public static readonly COperator Less = new("<", Binding.Relation, Binding.Shift, Binding.Shift);

    /// <summary>Less or equal.</summary>
    public static readonly COperator LessOrEqual = new("<=", Binding.Relation, Binding.Shift, Binding.Shift);

    /// <summary>Greater.</summary>
    public static readonly COperator Greater = new(">", Binding.Relation, Binding.Shift, Binding.Shift);

    /// <summary>Greater or equal.</summary>
    public static readonly COperator GreaterOrEqual = new(">=", Binding.Relation, Binding.Shift, Binding.Shift);

    /// <summary>Logical and.</summary>
    public static readonly COperator AndAlso = new("&&", Binding.And, Binding.BitOr, Binding.BitOr);

    /// <summary>Logical or.</summary>
    public static readonly COperator OrElse = new("||", Binding.Or, Binding.BitOr, Binding.BitOr);

    /// <summary>The operator where its left operand is one of the same, which everybody reads from the left: <c>a | b | c</c>.</summary>
    public COperator Chained => this with { LeastLeft = Binding };

    /// <summary>The operator that holds exactly where a comparison does not; null for what is none.</summary>
    public COperator? Opposite => Symbol switch
    {
        "==" => NotEqual,
        "!=" => Equal,
        "<" => GreaterOrEqual,
        "<=" => Greater,
        ">" => LessOrEqual,
        ">=" => Less,
        _ => null,
    };
}
