using System;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>
/// Translates expressions to C, with the results of .NET. C computes an operation in the wider type of its operands, so an operand that has only been widened
/// stands without a cast as long as the other one has the type of the operation. What can fault is a call that sets <c>fault</c>; it has no other effect,
/// so that one test after the expression is enough, and C's own <c>&amp;&amp;</c>, <c>||</c> and <c>?:</c> reach it only when C# would.
/// </summary>
/// <param name="names">The names of the body's variables and parameters.</param>
internal sealed partial class ExpressionTranslator(BodyNames names)
{
    /// <summary>What a call that can fault takes last.</summary>
    private static readonly CPrefix Fault = new("&", new CName("fault", ScalarType.I32), ScalarType.U64);

    /// <summary>Whether an expression can fault.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>True if its C calls something that may set <c>fault</c>.</returns>
    public static bool CanFault(Expression expression) =>
        IsFaultingOperation(expression) || Operands.Of(expression).Any(CanFault);

    /// <summary>Translates an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>C whose value, converted to the expression's type as an assignment does, is the expression's.</returns>
    public CExpression Translate(Expression expression) => expression switch
    {
        Constant e => CLiteral.Of(e),
        Variable e => new CName(names[e.Name], CType(e.Type)),
        FieldRead e => new CMember(names[e.Parameter], names.Field(e.Parameter, e.Field), CType(e.Type)),
        Unary e => Translate(e),
        Binary e => Translate(e),
        Conversion e => Translate(e),
        Choice e => Translate(e),
        FunctionCall e => Translate(e),
        _ => throw new InvalidOperationException($"No C for {expression.GetType().Name}."),
    };

    private static bool IsFaultingOperation(Expression expression) => expression switch
    {
        Binary { Operator: BinaryOperator.Divide or BinaryOperator.Remainder } e => e.Left.Type != ScalarType.F32 && !HasSafeDivisor(e),
        FunctionCall { Function: Function.Abs } e => e.Type.IsSigned(),
        FunctionCall { Function: Function.Sign } e => e.Arguments[0].Type == ScalarType.F32,
        FunctionCall { Function: Function.Clamp } => true,
        _ => false,
    };

    /// <summary>Whether a division can neither be by zero nor overflow.</summary>
    private static bool HasSafeDivisor(Binary e)
    {
        if (e.Type == ScalarType.Q16)
            return false;
        IntegerRange divisor = IntegerRange.Of(e.Right);
        return divisor.Min > 0 || (divisor.Max < 0 && (divisor.Max < -1 || IntegerRange.Of(e.Left).Min > IntegerRange.Of(e.Type).Min));
    }

    private CExpression Translate(Unary e)
    {
        CExpression operand = Translate(e.Operand);
        if (e.Operator == UnaryOperator.Not)
            return new CPrefix("!", operand, ScalarType.Bool);
        ScalarType type = CTypes.Promoted(e.Type);
        return e.Operator == UnaryOperator.Negate && type.IsSigned()
            ? Call(type, $"kml_neg_{Suffix(type)}", operand)
            : new CPrefix(e.Operator == UnaryOperator.Complement ? "~" : "-", Exactly(operand, type), type);
    }

    private CExpression Translate(Binary e) => e.Operator switch
    {
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => TranslateArithmetic(e),
        BinaryOperator.Divide or BinaryOperator.Remainder => TranslateDivision(e),
        BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight => TranslateShift(e),
        BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor => TranslateBits(e),
        BinaryOperator.AndAlso => new CInfix(Translate(e.Left), COperator.AndAlso, Translate(e.Right), ScalarType.Bool),
        BinaryOperator.OrElse => new CInfix(Translate(e.Left), COperator.OrElse, Translate(e.Right), ScalarType.Bool),
        _ => TranslateComparison(e),
    };

    private CExpression TranslateArithmetic(Binary e)
    {
        (string word, COperator symbol) = e.Operator switch
        {
            BinaryOperator.Add => ("add", COperator.Add),
            BinaryOperator.Subtract => ("sub", COperator.Subtract),
            _ => ("mul", COperator.Multiply),
        };
        if (e.Type == ScalarType.Q16)
            return Call(ScalarType.I32, $"kml_q16_{word}", Translate(e.Left), Translate(e.Right));

        bool wraps = e.Type.IsSigned()
            && !IntegerRange.Of(e.Type).Holds(IntegerRange.Unwrapped(e.Operator, IntegerRange.Of(e.Left), IntegerRange.Of(e.Right))!.Value);
        return wraps
            ? Call(e.Type, $"kml_{word}_{Suffix(e.Type)}", Translate(e.Left), Translate(e.Right))
            : InType(e.Type, e.Left, symbol, e.Right, e.Type);
    }

    private CExpression TranslateDivision(Binary e)
    {
        bool divide = e.Operator == BinaryOperator.Divide;
        if (e.Type == ScalarType.F32)
        {
            return divide
                ? InType(e.Type, e.Left, COperator.Divide, e.Right, e.Type)
                : Call(e.Type, "kml_rem_f32", Translate(e.Left), Translate(e.Right));
        }

        if (HasSafeDivisor(e))
        {
            // C's own operator is right but for gcc, and there only of a number that does not wrap to itself when it is negated.
            if (divide && e.Type.IsSigned() && IntegerRange.Of(e.Left).Min == IntegerRange.Of(e.Type).Min)
                return Call(e.Type, $"kml_quotient_{Suffix(e.Type)}", Translate(e.Left), Translate(e.Right));
            return InType(e.Type, e.Left, divide ? COperator.Divide : COperator.Remainder, e.Right, e.Type);
        }

        string stem = e.Type == ScalarType.Q16 ? "kml_q16_" : "kml_";
        string end = e.Type == ScalarType.Q16 ? "" : "_" + Suffix(e.Type);
        return Call(CTypes.Promoted(e.Type), $"{stem}{(divide ? "div" : "rem")}{end}", Translate(e.Left), Translate(e.Right), Fault);
    }

    private CExpression TranslateShift(Binary e)
    {
        bool left = e.Operator == BinaryOperator.ShiftLeft;
        if (e.Right is not Constant count || (left && e.Type.IsSigned()))
            return Call(e.Type, $"kml_{(left ? "shl" : "shr")}_{Suffix(e.Type)}", Translate(e.Left), Translate(e.Right));

        CExpression amount = CLiteral.Exactly((int)(long)count.Bits & ((8 * e.Type.Size()) - 1), ScalarType.I32);
        return new CInfix(Exactly(Translate(e.Left), e.Type), left ? COperator.ShiftLeft : COperator.ShiftRight, amount, e.Type);
    }

    private CInfix TranslateBits(Binary e)
    {
        COperator symbol = e.Operator switch
        {
            BinaryOperator.And => COperator.And,
            BinaryOperator.Or => COperator.Or,
            _ => COperator.Xor,
        };
        if (e.Left is Binary inner && inner.Operator == e.Operator)
            symbol = symbol.Chained;
        return e.Type == ScalarType.Bool
            ? new(Translate(e.Left), symbol, Translate(e.Right), ScalarType.Bool)
            : InType(e.Type, e.Left, symbol, e.Right, e.Type);
    }

    private CExpression TranslateComparison(Binary e)
    {
        if (Decided(e) is bool always && !CanFault(e.Left) && !CanFault(e.Right))
            return CLiteral.OfBool(always);
        COperator symbol = e.Operator switch
        {
            BinaryOperator.Equal => COperator.Equal,
            BinaryOperator.NotEqual => COperator.NotEqual,
            BinaryOperator.Less => COperator.Less,
            BinaryOperator.LessOrEqual => COperator.LessOrEqual,
            BinaryOperator.Greater => COperator.Greater,
            _ => COperator.GreaterOrEqual,
        };
        return e.Left.Type == ScalarType.Bool
            ? new CInfix(Translate(e.Left), symbol, Translate(e.Right), ScalarType.Bool)
            : InType(CTypes.Promoted(e.Left.Type), e.Left, symbol, e.Right, ScalarType.Bool);
    }

    /// <summary>The outcome of a comparison that the operands' ranges decide: the compiler would warn of it.</summary>
    private static bool? Decided(Binary e)
    {
        if (e.Left.Type == ScalarType.F32)
            return null;
        IntegerRange left = IntegerRange.Of(e.Left), right = IntegerRange.Of(e.Right);
        return e.Operator switch
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
            _ => null,
        };
    }

    private CConditional Translate(Choice e)
    {
        CExpression whenTrue = Translate(e.WhenTrue), whenFalse = Translate(e.WhenFalse);
        ScalarType type = CTypes.Promoted(e.Type);
        if (type != ScalarType.Bool && CommonType(whenTrue, whenFalse) != type)
            whenTrue = Exactly(whenTrue, type);
        return new(Translate(e.Test), whenTrue, whenFalse, type);
    }

    private CExpression Translate(Conversion e)
    {
        CExpression operand = Translate(e.Operand);
        ScalarType from = e.Operand.Type;
        if (from == e.Type)
            return operand;
        if (e.Type == ScalarType.Q16 || from == ScalarType.Q16)
            return TranslateQ16(e, operand);
        if (e.Type == ScalarType.F32 || CTypes.Holds(e.Type, from))
            return operand;
        if (from == ScalarType.F32)
        {
            ScalarType whole = CTypes.Promoted(e.Type);
            operand = Call(whole, $"kml_f32_to_{Suffix(whole)}", operand);
            if (whole == e.Type)
                return operand;
        }

        return Cast(operand, e.Type);
    }

    private static CExpression TranslateQ16(Conversion e, CExpression operand) => (e.Type, e.Operand.Type) switch
    {
        (ScalarType.F32, _) => Call(ScalarType.F32, "kml_q16_to_f32", operand),
        (_, ScalarType.F32) => Call(ScalarType.I32, "kml_f32_to_q16", operand),
        (ScalarType.Q16, ScalarType.U64) => Call(ScalarType.I32, "kml_q16_from_u64", operand),
        (ScalarType.Q16, _) => Call(ScalarType.I32, "kml_q16_from_s64", operand),
        (ScalarType.I32, _) => Call(ScalarType.I32, "kml_q16_to_s32", operand),
        _ => Cast(Call(ScalarType.I32, "kml_q16_to_s32", operand), e.Type),
    };

    /// <summary>An operator whose operands C must bring to one given type.</summary>
    private CInfix InType(ScalarType type, Expression left, COperator symbol, Expression right, ScalarType result)
    {
        CExpression a = Translate(left), b = Translate(right);
        if (CommonType(a, b) != type)
        {
            // Where one of them is a number, it takes a suffix and the other stays plain.
            if (right is Constant && left is not Constant)
                b = Exactly(b, type);
            else
                a = Exactly(a, type);
        }

        return new(a, symbol, b, result);
    }

    /// <summary>The type in which C computes with two operands.</summary>
    private static ScalarType CommonType(CExpression left, CExpression right)
    {
        ScalarType a = Arithmetic(left.Type), b = Arithmetic(right.Type);
        if (a == ScalarType.F32 || b == ScalarType.F32)
            return ScalarType.F32;
        if (a.Size() != b.Size())
            return a.Size() > b.Size() ? a : b;
        return a.IsSigned() ? b : a;
    }

    private static ScalarType Arithmetic(ScalarType type) => type == ScalarType.Bool ? ScalarType.I32 : CTypes.Promoted(type);

    /// <summary>The expression with exactly a type, so that C computes in it.</summary>
    private static CExpression Exactly(CExpression operand, ScalarType type)
    {
        if (Arithmetic(operand.Type) == type)
            return operand;
        return type != ScalarType.F32 && operand is CInteger { Suffix: "" } number
            ? CLiteral.Exactly(number.Value, type)
            : Cast(operand, type);
    }

    private static CCast Cast(CExpression operand, ScalarType type) => new(CTypes.Name(type), operand, CType(type));

    private static CCall Call(ScalarType type, string function, params CExpression[] arguments) => new(function, arguments, type);

    private static ScalarType CType(ScalarType type) => type == ScalarType.Q16 ? ScalarType.I32 : type;

    private static string Suffix(ScalarType type) => type == ScalarType.F32 ? "f32" : CTypes.Name(type);
}
