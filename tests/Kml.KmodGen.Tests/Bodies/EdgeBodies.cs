using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Bodies of few statements over the state of random ones, and the expressions in them.</summary>
internal static partial class EdgeBodies
{
    /// <summary>The quotient of a number, and where that is large enough the quotient of its negative instead.</summary>
    public static BodyCase Negated(ScalarType type, string field, Func<Expression, Expression> quotient)
    {
        Expression any = State(BodyState.Scalars.Single(f => f.Scalar == type).Name);
        Expression first = quotient(any);
        ScalarType result = BodyState.Fields.Single(f => f.Name == field).Scalar;
        Block Set(Expression value) => new(EquatableArray.Of<Statement>(new Assign(
            new MemberPlace(new VariablePlace("q"), field),
            value.Type == result ? value : new Conversion(result, value))));
        return Case(BodyRole.Update, ScalarType.I32, [], new If(
            new Binary(ScalarType.Bool, BinaryOperator.Greater, new Conversion(ScalarType.U32, first), new Constant(ScalarType.U32, 77)),
            Set(quotient(new Unary(UnaryOperator.Negate, any))),
            Set(first)));
    }

    /// <summary>A variable that holds any of the constants, by a field that nothing else reads.</summary>
    public static Let Any() => new("any", RandomBodies.Sides(ScalarType.F32).Select((side, i) => (Value: (Expression)side, At: (ulong)i)).Aggregate(
        (Expression)new Conversion(ScalarType.F32, State("Drift")),
        (otherwise, side) => new Choice(
            new Binary(
                ScalarType.Bool,
                BinaryOperator.Equal,
                new Binary(ScalarType.I32, BinaryOperator.And, new Conversion(ScalarType.I32, State("Word")), new Constant(ScalarType.I32, 31)),
                new Constant(ScalarType.I32, side.At)),
            side.Value,
            otherwise)));

    public static BodyCase Case(BodyRole role, ScalarType feature, Statement[] before, params Statement[] statements)
    {
        Parameter[] parameters =
        [
            new("e", ParameterKind.Event, EventKind.BioQueue),
            new("q", ParameterKind.State),
            .. role == BodyRole.Features ? [new Parameter("x", ParameterKind.Features, null, feature)] : Array.Empty<Parameter>(),
        ];
        Method method = new("Edges", parameters.ToEquatableArray(), new(before.Concat(statements).ToEquatableArray()));
        return new(role, method, SampleModels.Minimal() with
        {
            State = new(StateScope.PerDevice, BodyState.Fields),
            Features = new(BodyBed.MaxFeatures, feature, method),
        });
    }

    public static Read State(string field) => Read.Field(BodyState.Fields.Single(f => f.Name == field).Scalar, "q", field);

    public static IEnumerable<FunctionCall> Calls() =>
        from info in FunctionCatalog.All
        from operand in info.Operands
        let types = info.ParametersOf(operand).ToArray()
        from at in Enumerable.Range(0, types.Length)
        from constant in RandomBodies.Sides(types[at]).Prepend<Expression>(AnyOf(types[at]))
        select new FunctionCall(info.ResultOf(operand), info.Function, types.Select((t, i) => i == at ? constant : AnyOf(t)).ToEquatableArray());

    public static Expression AnyOf(ScalarType type) =>
        type == ScalarType.F32 ? Read.Variable(type, "any") : State(BodyState.Scalars.Single(f => f.Scalar == type).Name);

    public static Assign Kept(Expression value) =>
        new(new MemberPlace(new VariablePlace("q"), BodyState.Scalars.Single(f => f.Scalar == value.Type).Name), value);

    public static bool CanFault(FunctionCall call) => call.Function.Info().CanFault(call.Operand);

    /// <summary>A value of up to 64 bits as features of 32.</summary>
    public static IEnumerable<Expression> Halves(Expression e)
    {
        yield return e.Type == ScalarType.I32 ? e : new Conversion(ScalarType.I32, e);
        if (e.Type.Size() == 8)
            yield return new Conversion(ScalarType.I32, new Binary(e.Type, BinaryOperator.ShiftRight, e, new Constant(ScalarType.I32, 32)));
    }
}
