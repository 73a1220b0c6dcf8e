namespace Kml.Model;

/// <summary>
/// A typed expression of a translated body. Expressions have no side effects, but for a <see cref="Call"/> that stands alone; some can fault.
/// Semantics are those of .NET 10 on x64: wrapping arithmetic, masked shifts, saturating conversions from float to int and uint.
/// </summary>
/// <param name="Type">The type of its value.</param>
public abstract record Expression(ScalarType Type);

/// <summary>A constant.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Bits">Its bits: integers sign- or zero-extended to 64, a float's 32 bits, Q16's raw value sign-extended, bool 0 or 1.</param>
public sealed record Constant(ScalarType Type, ulong Bits) : Expression(Type);

/// <summary>The scalar at a place.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Place">Where it lies.</param>
public sealed record Read(ScalarType Type, Place Place) : Expression(Type)
{
    /// <summary>Reads a local variable, or a scalar parameter such as the prediction of a policy.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="name">Its name in the user's code.</param>
    /// <returns>The expression.</returns>
    public static Read Variable(ScalarType type, string name) => new(type, new VariablePlace(name));

    /// <summary>Reads a field of an event or state parameter.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="parameter">The parameter's name in the user's code.</param>
    /// <param name="field">The field's name.</param>
    /// <returns>The expression.</returns>
    public static Read Field(ScalarType type, string parameter, string field) => new(type, new MemberPlace(new VariablePlace(parameter), field));
}

/// <summary>An operator with one operand.</summary>
/// <param name="Operator">The operator; its type is the operand's.</param>
/// <param name="Operand">The operand.</param>
public sealed record Unary(UnaryOperator Operator, Expression Operand) : Expression(Operand.Type);

/// <summary>
/// An operator with two operands of one type, but for shifts, whose right operand is an I32.
/// Arithmetic is on I32, U32, I64, U64, F32 and Q16 only (narrower operands are converted first, as C# does).
/// </summary>
/// <param name="Type">Bool for comparisons and logic, else the operands' type.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">
/// The right operand; of <see cref="BinaryOperator.AndAlso"/> and <see cref="BinaryOperator.OrElse"/> it is evaluated only if needed.
/// </param>
public sealed record Binary(ScalarType Type, BinaryOperator Operator, Expression Left, Expression Right) : Expression(Type);

/// <summary>A conversion between scalar types.</summary>
/// <param name="Type">The target.</param>
/// <param name="Operand">What is converted.</param>
public sealed record Conversion(ScalarType Type, Expression Operand) : Expression(Type);

/// <summary>A choice; only the chosen side is evaluated.</summary>
/// <param name="Test">A Bool.</param>
/// <param name="WhenTrue">The value if it holds.</param>
/// <param name="WhenFalse">The value if not; of the same type.</param>
public sealed record Choice(Expression Test, Expression WhenTrue, Expression WhenFalse) : Expression(WhenTrue.Type);

/// <summary>A call of one of the functions that there are.</summary>
/// <param name="Type">The result's type: what <see cref="FunctionInfo.ResultOf"/> has for the operand's.</param>
/// <param name="Function">The function.</param>
/// <param name="Arguments">Its arguments: the operand, then what the function's row says.</param>
public sealed record FunctionCall(ScalarType Type, Function Function, EquatableArray<Expression> Arguments) : Expression(Type)
{
    /// <summary>The type of the first argument, which says which form of the function it is.</summary>
    public ScalarType Operand => Arguments[0].Type;
}

/// <summary>
/// A call of one of the model's own functions. One that can write what it is given by reference stands alone: as the value of a <see cref="Let"/>
/// or of an <see cref="Assign"/> to a local, or in an <see cref="Evaluate"/>.
/// </summary>
/// <param name="Type">The result's type; Bool for a function without one.</param>
/// <param name="Name">The function's name among <see cref="ModelSpec.Functions"/>.</param>
/// <param name="Arguments">An argument a parameter.</param>
public sealed record Call(ScalarType Type, string Name, EquatableArray<Argument> Arguments) : Expression(Type);

/// <summary>An argument of a call.</summary>
public abstract record Argument;

/// <summary>A scalar by value.</summary>
/// <param name="Value">The value, of the parameter's type.</param>
public sealed record ValueArgument(Expression Value) : Argument;

/// <summary>A place by reference.</summary>
/// <param name="Place">The place.</param>
public sealed record PlaceArgument(Place Place) : Argument;
