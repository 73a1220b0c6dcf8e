using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.KmodGen.Tests.Bodies;

/// <content>What has a form of its own where it stands: in a statement, within another operator, behind a test.</content>
internal static partial class EdgeBodies
{
    /// <summary>A place that is changed by an operator, which C has a short form for.</summary>
    public static IEnumerable<BodyCase> OfCompounds()
    {
        BinaryOperator[] whole = [.. Sums, .. Bits, .. Divisions, .. Shifts];
        IEnumerable<BodyCase> integers =
            from field in BodyState.Scalars
            where field.Scalar.Size() >= 4 && field.Scalar != ScalarType.Q16
            from op in whole
            from amount in new[] { Small(op, field.Scalar), new Constant(Shifts.Contains(op) ? ScalarType.I32 : field.Scalar, 1) }
            select Case(BodyRole.Update, ScalarType.I32, [], Kept(new Binary(field.Scalar, op, AnyOf(field.Scalar), amount)));
        IEnumerable<BodyCase> floats =
            from op in new[] { BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply, BinaryOperator.Divide }
            let any = Read.Variable(ScalarType.F32, "any")
            let changed = new Binary(ScalarType.F32, op, any, new Conversion(ScalarType.F32, State("Level")))
            select Case(
                BodyRole.Features,
                ScalarType.F32,
                [Any(), new If(State("Flag"), One(new Assign(any.Place, changed)), new(default))],
                Assign.Feature("x", 0, BodyBed.MaxFeatures, any));

        // Of a sum that does not wrap, as its operands are narrow.
        IEnumerable<BodyCase> narrow =
            from type in new[] { ScalarType.I32, ScalarType.I64 }
            from op in Sums
            let sum = Read.Variable(type, "sum")
            select Case(
                BodyRole.Update,
                ScalarType.I32,
                [
                    new Let("sum", new Conversion(type, State("Level"))),
                    new If(State("Flag"), One(new Assign(sum.Place, new Binary(type, op, sum, new Conversion(type, State("Tiny"))))), new(default)),
                ],
                Kept(sum));
        return integers.Concat(floats).Concat(narrow);
    }

    /// <summary>Each operator as an operand of each, on either side.</summary>
    public static IEnumerable<BodyCase> OfNested()
    {
        BinaryOperator[] all = [.. Sums, .. Divisions, .. Shifts, .. Bits];
        return new[] { ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64 }.SelectMany(type => Together(ScalarType.I32, (
            from outer in all
            from inner in all
            let within = new Binary(type, inner, AnyOf(type), Small(inner, type))
            let low = new Binary(type, inner, Small(BinaryOperator.Add, type), Small(inner, type))
            let count = new Binary(ScalarType.I32, inner, Small(BinaryOperator.Add, ScalarType.I32), Small(inner, ScalarType.I32))
            from e in new[]
            {
                new Binary(type, outer, within, Small(outer, type)),
                new Binary(type, outer, AnyOf(type), Shifts.Contains(outer) ? count : CanBeNone(outer, inner) ? Positive(low) : low),
            }
            select e).SelectMany(Halves)));
    }

    /// <summary>What is computed only where a test holds, or does not: it faults otherwise, or is undefined.</summary>
    public static IEnumerable<BodyCase> OfShortCircuits() =>
        from type in new[] { ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64 }
        let zero = new Constant(type, 0)
        let level = new Conversion(ScalarType.I32, State("Level"))
        let divisor = new Conversion(type, new Binary(ScalarType.I32, BinaryOperator.And, level, new Constant(ScalarType.I32, 1)))
        let quotient = new Binary(type, BinaryOperator.Divide, AnyOf(type), divisor)
        let isLarge = new Binary(ScalarType.Bool, BinaryOperator.Greater, quotient, new Constant(type, 2))
        let isNone = new Binary(ScalarType.Bool, BinaryOperator.Equal, divisor, zero)
        from value in new Expression[]
        {
            new Binary(ScalarType.Bool, BinaryOperator.AndAlso, new Unary(UnaryOperator.Not, isNone), isLarge),
            new Binary(ScalarType.Bool, BinaryOperator.OrElse, isNone, isLarge),
            new Binary(ScalarType.Bool, BinaryOperator.AndAlso, State("Flag"), isLarge),
            new Binary(ScalarType.Bool, BinaryOperator.OrElse, State("Flag"), isLarge),
            new Choice(State("Flag"), quotient, AnyOf(type)),
        }
        select Case(BodyRole.Update, ScalarType.I32, [], Kept(value));

    /// <summary>Each way in which a body may be abandoned, behind a test.</summary>
    public static IEnumerable<BodyCase> OfFaults() =>
        from fault in Enum.GetValues<Fault>()
        from test in new Expression[] { State("Flag"), new Unary(UnaryOperator.Not, State("Flag")) }
        select Case(
            BodyRole.Update,
            ScalarType.I32,
            [new If(test, One(new Fail(fault)), new(default))],
            Kept(new Binary(ScalarType.U32, BinaryOperator.Add, AnyOf(ScalarType.U32), new Constant(ScalarType.U32, 1))));

    private static Block One(Statement statement) => new(EquatableArray.Of(statement));

    /// <summary>An operand with which an operator does not fault: a small number, or a constant.</summary>
    private static Expression Small(BinaryOperator op, ScalarType type) =>
        Shifts.Contains(op) || Divisions.Contains(op)
            ? new Constant(Shifts.Contains(op) ? ScalarType.I32 : type, 3)
            : new Binary(type, BinaryOperator.Add, new Conversion(type, State("Level")), new Constant(type, 1));

    // A sum or a product of positive numbers is known to be one.
    private static bool CanBeNone(BinaryOperator outer, BinaryOperator inner) =>
        Divisions.Contains(outer) && inner is not (BinaryOperator.Add or BinaryOperator.Multiply);

    private static FunctionCall Positive(Expression e) => new(e.Type, Function.Max, EquatableArray.Of(e, new Constant(e.Type, 1)));
}
