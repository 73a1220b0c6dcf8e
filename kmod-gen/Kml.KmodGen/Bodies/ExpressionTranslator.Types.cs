using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <content>The types in which C computes.</content>
internal sealed partial class ExpressionTranslator
{
    /// <summary>An operator whose operands C must bring to one given type.</summary>
    private CInfix InType(ScalarType type, Expression left, COperator symbol, Expression right, ScalarType result) =>
        InType(type, (left, Translate(left)), symbol, (right, Translate(right)), result);

    private static CInfix InType(
        ScalarType type, (Expression From, CExpression C) left, COperator symbol, (Expression From, CExpression C) right, ScalarType result)
    {
        (CExpression a, CExpression b) = (left.C, right.C);
        if (CommonType(a, b) != type)
        {
            // Where one of them is a number, it takes a suffix and the other stays plain.
            if (right.From is Constant && left.From is not Constant)
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

    /// <summary>An expression whose C type holds every value of a type.</summary>
    /// <param name="c">The expression.</param>
    /// <param name="type">Its type.</param>
    /// <returns>The expression, cast where C has a narrower one.</returns>
    public static CExpression Holding(CExpression c, ScalarType type) =>
        CTypes.Holds(c.Type, type) ? c : type.Size() < 4 ? Cast(c, type) : Exactly(c, type);

    /// <summary>The expression with exactly a type, so that C computes in it.</summary>
    private static CExpression Exactly(CExpression operand, ScalarType type)
    {
        if (Arithmetic(operand.Type) == type)
            return operand;
        return type != ScalarType.F32 && operand is CInteger { Suffix: "" } number
            ? CLiteral.Exactly(number.Value, type)
            : Cast(operand, type);
    }
}
