namespace Kml.Model;

/// <summary>
/// A typed expression of a translated body. Expressions have no side effects; some can fault.
/// Semantics are those of .NET 10 on x64: wrapping arithmetic, masked shifts, saturating conversions from float to int and uint.
/// </summary>
/// <param name="Type">The type of its value.</param>
public abstract record Expression(ScalarType Type);

/// <summary>A constant.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Bits">Its bits: integers sign- or zero-extended to 64, a float's 32 bits, Q16's raw value sign-extended, bool 0 or 1.</param>
public sealed record Constant(ScalarType Type, ulong Bits) : Expression(Type);

/// <summary>A local variable, or a scalar parameter such as the prediction of a policy.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name in the user's code.</param>
public sealed record Variable(ScalarType Type, string Name) : Expression(Type);

/// <summary>A field of an event or state parameter.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Parameter">The parameter's name in the user's code.</param>
/// <param name="Field">The field's name: of the event catalogue (<c>TimeNs</c>), or of the state struct.</param>
public sealed record FieldRead(ScalarType Type, string Parameter, string Field) : Expression(Type);

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

/// <summary>A call of a function of the short list.</summary>
/// <param name="Type">The result's type; the arguments have the same type, but for <see cref="Function.Sign"/>.</param>
/// <param name="Function">The function.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record FunctionCall(ScalarType Type, Function Function, EquatableArray<Expression> Arguments) : Expression(Type);
