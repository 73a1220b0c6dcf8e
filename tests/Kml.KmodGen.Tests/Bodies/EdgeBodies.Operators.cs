using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.KmodGen.Tests.Bodies;

/// <content>Every operator with the constants on either side of it, beside every kind of operand.</content>
internal static partial class EdgeBodies
{
    private static readonly BinaryOperator[] Sums = [BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply];
    private static readonly BinaryOperator[] Bits = [BinaryOperator.And, BinaryOperator.Or, BinaryOperator.Xor];
    private static readonly BinaryOperator[] Shifts = [BinaryOperator.ShiftLeft, BinaryOperator.ShiftRight];
    private static readonly BinaryOperator[] Divisions = [BinaryOperator.Divide, BinaryOperator.Remainder];
    private static readonly Function[] Extremes = [Function.Min, Function.Max];

    private static readonly BinaryOperator[] Relations =
        [BinaryOperator.Equal, BinaryOperator.NotEqual, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.Greater, BinaryOperator.GreaterOrEqual];

    public static IEnumerable<BodyCase> OfFloats() =>
        Together(ScalarType.F32, from operand in Floating() from e in Around(operand, [.. Sums, .. Divisions]) select e);

    public static IEnumerable<BodyCase> OfIntegers(ScalarType type) => Together(
        ScalarType.I32,
        (from operand in Whole(type) from e in Around(operand, [.. Sums, .. Bits]).Concat(Shifted(operand)) select e).SelectMany(Halves));

    public static IEnumerable<BodyCase> OfFixedPoint() =>
        Together(ScalarType.Q16, from operand in Whole(ScalarType.Q16) from e in Around(operand, Sums) select e);

    // What can fault ends its body: one division a body.
    public static IEnumerable<BodyCase> OfDivisions(ScalarType type) =>
        from operand in Whole(type) from e in Applied(operand, Divisions) select Case(BodyRole.Update, ScalarType.I32, [], Kept(e));

    // A clamp whose bounds cross has faulted, and is 0 until that is tested: a divisor of 0, where the bounds would allow none.
    public static IEnumerable<BodyCase> OfDivisionsByClamps(ScalarType type) =>
        from low in Whole(type)
        from high in Whole(type)
        from op in Divisions
        let least = new FunctionCall(type, Function.Max, EquatableArray.Of(low, RandomBodies.Sides(type)[1]))
        let clamp = new FunctionCall(type, Function.Clamp, EquatableArray.Of(AnyOf(type), least, high))
        select Case(BodyRole.Update, ScalarType.I32, [], Kept(new Binary(type, op, AnyOf(type), clamp)));

    // gcc takes the quotient of a negated number for the negated quotient, which it is not where the number is the smallest.
    public static IEnumerable<BodyCase> OfQuotients(ScalarType type) =>
        from divisor in new long[] { 3, 7, 1000, 65536, -3, -1000 }
        from quotient in new Func<Expression, Expression>[]
        {
            a => new Binary(type, BinaryOperator.Divide, a, new Constant(type, (ulong)divisor)),
            a => new Binary(type, BinaryOperator.Divide, a, new Choice(State("Flag"), new Constant(type, (ulong)divisor), new Constant(type, 5))),
        }
        select Negated(type, BodyState.Scalars.Single(f => f.Scalar == type).Name, quotient);

    /// <summary>Every type as every other, and what comes of it in a wider one, where it can be seen how it was extended.</summary>
    public static IEnumerable<BodyCase> OfConversions()
    {
        ScalarType[] types = [.. BodyState.Scalars.Select(f => f.Scalar).Where(t => t != ScalarType.Bool), ScalarType.F32];
        Expression[] all =
        [
            .. from operand in types.Select(AnyOf).Concat(types.Where(t => t != ScalarType.F32).Select(t => new Choice(State("Flag"), AnyOf(t), AnyOf(t))))
               from type in types
               where type != operand.Type
               select new Conversion(type, operand),
        ];
        IEnumerable<Expression> whole = all.Where(e => e.Type is not (ScalarType.F32 or ScalarType.Q16));
        return Together(ScalarType.I32, whole.SelectMany(e => e.Type.Size() == 8 ? Halves(e) : Halves(new Conversion(ScalarType.I64, e))), takesAny: true)
            .Concat(Together(ScalarType.Q16, all.Where(e => e.Type == ScalarType.Q16), takesAny: true))
            .Concat(Together(ScalarType.F32, all.Where(e => e.Type == ScalarType.F32).Concat(whole.Select(e => new Conversion(ScalarType.F32, e)))));
    }

    public static IEnumerable<BodyCase> OfClears()
    {
        Place strides = new MemberPlace(new VariablePlace("q"), "Strides");
        return from at in Enumerable.Range(0, 4)
               let element = new ElementPlace(strides, new Constant(ScalarType.I32, (ulong)at), 4)
               select Case(
                   BodyRole.Update,
                   ScalarType.I32,
                   [],
                   new Clear(strides, BodyState.Strides),
                   new Assign(element, new Constant(ScalarType.U32, 2)));
    }

    /// <summary>Expressions as features, as many a body as there may be.</summary>
    /// <param name="feature">Their type.</param>
    /// <param name="expressions">The expressions.</param>
    /// <param name="takesAny">Whether there is a variable of <see cref="Any"/>, as there is for floats.</param>
    public static IEnumerable<BodyCase> Together(ScalarType feature, IEnumerable<Expression> expressions, bool takesAny = false) =>
        expressions.Chunk(BodyBed.MaxFeatures).Select(c => Case(
            BodyRole.Features,
            feature,
            takesAny || feature == ScalarType.F32 ? [Any()] : [],
            [.. c.Select((e, i) => Assign.Feature("x", i, BodyBed.MaxFeatures, e))]));

    /// <summary>Operands of which a compiler knows something, and a variable of which it knows nothing.</summary>
    public static IEnumerable<Expression> Floating()
    {
        Read any = Read.Variable(ScalarType.F32, "any");
        Constant zero = Number(0f), one = Number(1f);
        Expression whole = new Conversion(ScalarType.F32, State("Balance"));
        yield return any;
        yield return new Unary(UnaryOperator.Negate, any);
        yield return new FunctionCall(ScalarType.F32, Function.Abs, EquatableArray.Of<Expression>(any));
        yield return new Binary(ScalarType.F32, BinaryOperator.Multiply, any, any);
        yield return new Binary(ScalarType.F32, BinaryOperator.Subtract, any, any);
        yield return new Choice(State("Flag"), one, zero);
        yield return new Choice(State("Flag"), any, zero);
        yield return new Unary(UnaryOperator.Negate, whole);
        yield return new Binary(ScalarType.F32, BinaryOperator.Subtract, zero, whole);
        yield return new Binary(ScalarType.F32, BinaryOperator.Multiply, whole, zero);
        foreach (string field in new[] { "Level", "Balance", "Waiting", "Drift", "HeadSector", "Ratio" })
            yield return new Conversion(ScalarType.F32, State(field));
    }

    private static IEnumerable<Expression> Whole(ScalarType type)
    {
        Expression any = State(BodyState.Scalars.Single(f => f.Scalar == type).Name);
        yield return any;
        yield return new Conversion(type, State("Level"));
        yield return new Choice(State("Flag"), any, RandomBodies.Sides(type)[0]);
        if (type.IsSigned() || type == ScalarType.Q16)
            yield return new Unary(UnaryOperator.Negate, any);
    }

    private static IEnumerable<Expression> Around(Expression operand, BinaryOperator[] operators)
    {
        foreach (Expression e in Applied(operand, operators))
        {
            yield return e;
            if (operand.Type == ScalarType.F32 && e is Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract })
                yield return new Unary(UnaryOperator.Negate, e);
        }

        Constant yes = RandomBodies.Sides(operand.Type)[1], no = RandomBodies.Sides(operand.Type)[^1];
        foreach (Constant side in RandomBodies.Sides(operand.Type))
        {
            foreach (BinaryOperator relation in Relations)
            {
                yield return new Choice(new Binary(ScalarType.Bool, relation, operand, side), yes, no);
                yield return new Choice(new Binary(ScalarType.Bool, relation, side, operand), yes, no);
            }

            foreach (Function extreme in Extremes)
            {
                yield return new FunctionCall(operand.Type, extreme, EquatableArray.Of(operand, side));
                yield return new FunctionCall(operand.Type, extreme, EquatableArray.Of<Expression>(side, operand));
            }
        }
    }

    private static IEnumerable<Expression> Applied(Expression operand, BinaryOperator[] operators) =>
        from side in RandomBodies.Sides(operand.Type)
        from op in operators
        from e in new Binary[] { new(operand.Type, op, operand, side), new(operand.Type, op, side, operand) }
        select e;

    // And how what comes of it compares, which tells its sign.
    private static IEnumerable<Expression> Shifted(Expression operand) =>
        from shift in Shifts
        from e in RandomBodies.Sides(ScalarType.I32).Select(count => new Binary(operand.Type, shift, operand, count))
            .Concat(RandomBodies.Sides(operand.Type).Select(side => new Binary(operand.Type, shift, side, State("Balance"))))
        let two = RandomBodies.Sides(operand.Type)[3]
        from seen in new Expression[] { e, new Choice(new Binary(ScalarType.Bool, BinaryOperator.Less, e, two), operand, two) }
        select seen;

    private static Constant Number(float value) => new(ScalarType.F32, BitConverter.SingleToUInt32Bits(value));
}
