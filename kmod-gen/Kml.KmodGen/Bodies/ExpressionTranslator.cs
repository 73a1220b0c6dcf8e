using System;
using System.Linq;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.KmodGen.Bodies;

/// <summary>
/// Translates expressions to C, with the results of .NET. C computes an operation in the wider type of its operands, so an operand that has only been widened
/// stands without a cast as long as the other one has the type of the operation. What can fault is a call that sets <c>fault</c>; it has no other effect,
/// so that one test after the expression is enough, and C's own <c>&amp;&amp;</c>, <c>||</c> and <c>?:</c> reach it only when C# would.
/// </summary>
internal sealed partial class ExpressionTranslator
{
    private readonly BodyModel _model;
    private readonly CExpression _fault;
    private readonly PlaceTranslator _places;
    private readonly Facts _nothing;

    /// <summary>Translates the expressions of a body.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">The names of the body's variables and parameters.</param>
    /// <param name="fault">The address of the fault: what a call that can fault takes last.</param>
    /// <param name="facts">What is known at the beginning of the body.</param>
    public ExpressionTranslator(BodyModel model, BodyNames names, CExpression fault, Facts facts)
    {
        _model = model;
        _fault = fault;
        _places = new(model, names, Bounded);
        _nothing = facts.Branch();
        Facts = facts;
    }

    /// <summary>What is known where the expression stands.</summary>
    public Facts Facts { get; set; }

    /// <summary>How many calls were made that can fault.</summary>
    public int Faults { get; private set; }

    /// <summary>Translates an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>C whose value, converted to the expression's type as an assignment does, is the expression's.</returns>
    public CExpression Translate(Expression expression) => expression switch
    {
        Constant e => CLiteral.Of(e),
        Read e => Translate(e.Place).Whole,
        Unary e => Translate(e),
        Binary e => Translate(e),
        Conversion e => Translate(e),
        Choice e => Translate(e),
        FunctionCall e => Translate(e),
        Call e => Translate(e),
        _ => throw new InvalidOperationException($"No C for {expression.GetType().Name}."),
    };

    /// <summary>Translates a place.</summary>
    /// <param name="place">The place.</param>
    /// <returns>The place in C; an index that is outside its array faults, and is 0 until that is tested.</returns>
    public CPlace Translate(Place place) => _places.Translate(place);

    /// <summary>Translates an index so that it is within an array.</summary>
    /// <param name="index">The index.</param>
    /// <param name="length">The array's length.</param>
    /// <returns>C that faults where it is not, and is 0 then.</returns>
    public CExpression Bounded(Expression index, int length)
    {
        CExpression c = Translate(index);
        return Facts.IsWithin(index, length)
            ? c
            : Faulting(ScalarType.I32, "kml_index", c, new CInteger(length, "", ScalarType.I32));
    }

    /// <summary>Translates where something is known by a test.</summary>
    private CExpression Under(Expression test, bool holds, Expression expression)
    {
        Facts before = Facts;
        Facts = before.Branch(test, holds);
        CExpression result = Translate(expression);
        Facts = before;
        return result;
    }

    /// <summary>A call of what can fault.</summary>
    private CCall Faulting(ScalarType type, string function, params CExpression[] arguments)
    {
        Faults++;
        return Call(type, function, [.. arguments, _fault]);
    }

    private CCall Translate(Call e)
    {
        TranslatedFunction function = _model.Translated(e.Name);
        CExpression[] arguments =
        [
            .. e.Arguments.Select(a => a is ValueArgument value ? Translate(value.Value) : Translate(((PlaceArgument)a).Place).Address),
        ];
        return function.CanFault
            ? Faulting(CType(e.Type), _model.Symbol(e.Name), arguments)
            : Call(CType(e.Type), _model.Symbol(e.Name), arguments);
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
        BinaryOperator.AndAlso => new CInfix(Translate(e.Left), COperator.AndAlso, Under(e.Left, true, e.Right), ScalarType.Bool),
        BinaryOperator.OrElse => new CInfix(Translate(e.Left), COperator.OrElse, Under(e.Left, false, e.Right), ScalarType.Bool),
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
            && !IntegerRange.Of(e.Type).Holds(IntegerRange.Unwrapped(e.Operator, Facts.Of(e.Left), Facts.Of(e.Right))!.Value);
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

        if (Facts.HasSafeDivisor(e))
        {
            // C's own operator is right but for gcc, and there only of a number that does not wrap to itself when it is negated.
            if (divide && e.Type.IsSigned() && Facts.Of(e.Left).Min == IntegerRange.Of(e.Type).Min)
                return Call(e.Type, $"kml_quotient_{Suffix(e.Type)}", Translate(e.Left), Translate(e.Right));
            return InType(e.Type, e.Left, divide ? COperator.Divide : COperator.Remainder, e.Right, e.Type);
        }

        string stem = e.Type == ScalarType.Q16 ? "kml_q16_" : "kml_";
        string end = e.Type == ScalarType.Q16 ? "" : "_" + Suffix(e.Type);
        return Faulting(CTypes.Promoted(e.Type), $"{stem}{(divide ? "div" : "rem")}{end}", Translate(e.Left), Translate(e.Right));
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
        int faults = Faults;
        CExpression left = Translate(e.Left), right = Translate(e.Right);
        if (Decided(e) is bool always && Faults == faults)
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
            ? new CInfix(left, symbol, right, ScalarType.Bool)
            : InType(CTypes.Promoted(e.Left.Type), (e.Left, left), symbol, (e.Right, right), ScalarType.Bool);
    }

    /// <summary>
    /// The outcome of a comparison that the operands' types and constants decide: the compiler would warn of it. What is known beside stays the user's to test.
    /// </summary>
    private bool? Decided(Binary e)
    {
        if (e.Left.Type == ScalarType.F32)
            return null;
        return Facts.Decide(e.Operator, _nothing.Of(e.Left), _nothing.Of(e.Right));
    }

    private CConditional Translate(Choice e)
    {
        CExpression whenTrue = Under(e.Test, true, e.WhenTrue), whenFalse = Under(e.Test, false, e.WhenFalse);
        ScalarType type = CTypes.Promoted(e.Type);
        if (type != ScalarType.Bool && CommonType(whenTrue, whenFalse) != type)
            whenTrue = Exactly(whenTrue, type);
        return new(Translate(e.Test), whenTrue, whenFalse, type);
    }

    private static CCast Cast(CExpression operand, ScalarType type) => new(CTypes.Name(type), operand, CType(type));

    private static CCall Call(ScalarType type, string function, params CExpression[] arguments) => new(function, arguments, type);

    private static ScalarType CType(ScalarType type) => CTypes.Computed(type);

    private static string Suffix(ScalarType type) => type == ScalarType.F32 ? "f32" : CTypes.Name(type);
}
