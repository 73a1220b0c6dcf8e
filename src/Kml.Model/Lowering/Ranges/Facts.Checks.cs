using System.Linq;

namespace Kml.Model.Lowering.Ranges;

/// <content>Which checks of a fault nothing makes superfluous: the C has those, and the budget counts them.</content>
public sealed partial class Facts
{
    /// <summary>Whether an index is known to be within an array.</summary>
    /// <param name="index">The index.</param>
    /// <param name="length">The array's length.</param>
    /// <returns>False where it has to be tested.</returns>
    public bool IsWithin(Expression index, int length) => new IntegerRange(0, length - 1).Holds(Of(index));

    /// <summary>Whether a division or a remainder can neither be by zero nor overflow.</summary>
    /// <param name="division">One of integers or of Q16.</param>
    /// <returns>False where that has to be tested.</returns>
    public bool HasSafeDivisor(Binary division)
    {
        if (division.Type == ScalarType.Q16)
            return false;
        IntegerRange divisor = Of(division.Right);
        return divisor.Min > 0 || (divisor.Max < 0 && (divisor.Max < -1 || Of(division.Left).Min > IntegerRange.Of(division.Type).Min));
    }

    /// <summary>What has the value of a function that can fault, and cannot: where its arguments are known to be such that it does not.</summary>
    /// <param name="call">A function that can fault.</param>
    /// <returns>The other expression; null where the fault has to be tested.</returns>
    public Expression? WithoutFault(FunctionCall call)
    {
        Expression value = call.Arguments[0];
        switch (call.Function)
        {
            case Function.Clamp when IsWhole(call.Operand) && Of(call.Arguments[1]).Max <= Of(call.Arguments[2]).Min:
                Expression least = new FunctionCall(call.Type, Function.Max, EquatableArray.Of(value, call.Arguments[1]));
                return new FunctionCall(call.Type, Function.Min, EquatableArray.Of(least, call.Arguments[2]));
            case Function.FloorLog2 when Of(value).Min >= 0:
                ScalarType unsigned = call.Operand.Size() == 8 ? ScalarType.U64 : ScalarType.U32;
                Expression log = new FunctionCall(unsigned, Function.FloorLog2, EquatableArray.Of<Expression>(new Conversion(unsigned, value)));
                return new Conversion(call.Type, log);
            case Function.ReciprocalOf when Of(value).Min > 0:
                Expression all = new Constant(ScalarType.U64, ulong.MaxValue);
                Expression down = new Binary(ScalarType.U64, BinaryOperator.Divide, all, new Conversion(ScalarType.U64, value));
                return new Binary(ScalarType.U64, BinaryOperator.Add, down, new Constant(ScalarType.U64, 1));
            default:
                return null;
        }
    }

    /// <summary>Whether a statement is a test for a fault, such as <c>checked</c> asks for, of which is known that it never comes out so.</summary>
    /// <param name="statement">A conditional statement; what its test can fault of itself is not looked at, but for calls, which may.</param>
    /// <returns>True where nothing is to be done.</returns>
    public bool IsSuperfluous(If statement) =>
        statement.WhenFalse.Statements.Count == 0
        && statement.WhenTrue.Statements is { Count: 1 } statements && statements[0] is Fail
        && !Operands.All(statement.Test).Any(e => e is Call)
        && Decide(statement.Test) == false;

    // Expressions have no effects, so that the same one gives the same twice; a call may read what it is given by reference, and is not looked into.
    private bool IsSame(Expression left, Expression right) =>
        Narrowest(left) is var one && one.Equals(Narrowest(right)) && !Operands.All(one).Any(e => e is Call);
}
