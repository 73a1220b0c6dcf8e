using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Compute;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>
/// Every operator with every constant that compilers treat as special, on either side of it, beside every kind of operand: gcc folds by what it knows
/// of an operand's sign and range, which random bodies meet too seldom.
/// </summary>
public partial class EdgeTests
{
    private const int InputsABody = 16;

    private static readonly BinaryOperator[] Sums = [BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply];
    private static readonly BinaryOperator[] Bits = [BinaryOperator.And, BinaryOperator.Or, BinaryOperator.Xor];
    private static readonly BinaryOperator[] Shifts = [BinaryOperator.ShiftLeft, BinaryOperator.ShiftRight];
    private static readonly BinaryOperator[] Divisions = [BinaryOperator.Divide, BinaryOperator.Remainder];
    private static readonly Function[] Extremes = [Function.Min, Function.Max];

    private static readonly BinaryOperator[] Relations =
        [BinaryOperator.Equal, BinaryOperator.NotEqual, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.Greater, BinaryOperator.GreaterOrEqual];

    [Fact]
    public void Floats() => Agree(ScalarType.F32, from operand in Floating() from e in Around(operand, [.. Sums, .. Divisions]) select e);

    [Theory]
    [InlineData(ScalarType.I32)]
    [InlineData(ScalarType.U32)]
    [InlineData(ScalarType.I64)]
    [InlineData(ScalarType.U64)]
    public void Integers(ScalarType type) => Agree(
        ScalarType.I32,
        (from operand in Whole(type) from e in Around(operand, [.. Sums, .. Bits]).Concat(Shifted(operand)) select e).SelectMany(Halves));

    [Fact]
    public void Fixed_point() => Agree(ScalarType.Q16, from operand in Whole(ScalarType.Q16) from e in Around(operand, Sums) select e);

    // What can fault ends its body: one division a body.
    [Theory]
    [InlineData(ScalarType.I32, "Balance")]
    [InlineData(ScalarType.U32, "Waiting")]
    [InlineData(ScalarType.I64, "Drift")]
    [InlineData(ScalarType.U64, "HeadSector")]
    [InlineData(ScalarType.Q16, "Ratio")]
    public void Divisions_that_may_fault(ScalarType type, string field) => Agree(
        [.. from operand in Whole(type) from e in Applied(operand, Divisions)
            select Case(BodyRole.Update, ScalarType.I32, [], new Assign(new MemberPlace(new VariablePlace("q"), field), e))]);

    // A clamp whose bounds cross has faulted, and is 0 until that is tested: a divisor of 0, where the bounds would allow none.
    [Theory]
    [InlineData(ScalarType.I32, "Balance")]
    [InlineData(ScalarType.I64, "Drift")]
    [InlineData(ScalarType.U32, "Waiting")]
    [InlineData(ScalarType.U64, "HeadSector")]
    public void Divisions_by_a_clamp_that_may_fault(ScalarType type, string field) => Agree(
        [.. from low in Whole(type) from high in Whole(type) from op in Divisions
            select Case(BodyRole.Update, ScalarType.I32, [], new Assign(new MemberPlace(new VariablePlace("q"), field), new Binary(
                type,
                op,
                State(field),
                new FunctionCall(type, Function.Clamp, EquatableArray.Of(
                    State(field),
                    new FunctionCall(type, Function.Max, EquatableArray.Of(low, RandomBodies.Sides(type)[1])),
                    high)))))]);

    // gcc takes the quotient of a negated number for the negated quotient, which it is not where the number is the smallest.
    [Theory]
    [InlineData(ScalarType.I32, "Balance")]
    [InlineData(ScalarType.I64, "Drift")]
    public void Quotients_of_a_number_and_of_its_negative(ScalarType type, string field) => Agree(
        [.. from divisor in new long[] { 3, 7, 1000, 65536, -3, -1000 }
            from quotient in new Func<Expression, Expression>[]
            {
                a => new Binary(type, BinaryOperator.Divide, a, new Constant(type, (ulong)divisor)),
                a => new Binary(type, BinaryOperator.Divide, a, new Choice(State("Flag"), new Constant(type, (ulong)divisor), new Constant(type, 5))),
            }
            select Negated(type, field, quotient)]);

    [Fact]
    public void Fixed_point_of_a_number_and_of_its_negative() => Agree(
        [.. from field in new[] { "Balance", "Drift", "Tiny", "Small", "Waiting", "HeadSector" }
            select Negated(ScalarType.Q16, field, a => new Conversion(ScalarType.I32, a))]);

    [Fact]
    public void Without_the_flag_that_they_need_float_objects_do_not_compile()
    {
        using CCompiler compiler = new();
        compiler.Add(ComputeFiles.Headers);
        foreach (string header in new[] { "kml_arith_float.h", "kml_math.h" })
        {
            compiler.Add("use.c", $"#include \"{header}\"\n");
            compiler.Run("gcc", [.. CCompiler.Strict, .. CCompiler.Float, "-O2", "-c", "use.c"]);
            Refused("-frounding-math", "-O2");
            Refused("-frounding-math", "-O0");
            Refused("-ffast-math", [.. CCompiler.Float, "-ffast-math"]);
            Refused("-ffast-math", [.. CCompiler.Float, "-fno-signed-zeros"]);
            Refused("-mfpmath=sse", [.. CCompiler.Float, "-mfpmath=387"]);
        }

        void Refused(string remedy, params string[] flags) =>
            Should.Throw<InvalidOperationException>(() => compiler.Run("gcc", [.. CCompiler.Strict, .. flags, "-c", "use.c"])).Message.ShouldContain(remedy);
    }

    /// <summary>The quotient of a number, and where that is large enough the quotient of its negative instead.</summary>
    private static BodyCase Negated(ScalarType type, string field, Func<Expression, Expression> quotient)
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

    /// <summary>Operands of which a compiler knows something, and a variable of which it knows nothing.</summary>
    private static IEnumerable<Expression> Floating()
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

    private static IEnumerable<Expression> Shifted(Expression operand) =>
        from shift in Shifts
        from e in RandomBodies.Sides(ScalarType.I32).Select(count => new Binary(operand.Type, shift, operand, count))
            .Concat(RandomBodies.Sides(operand.Type).Select(side => new Binary(operand.Type, shift, side, State("Balance"))))
        select e;

    /// <summary>A value of up to 64 bits as features of 32.</summary>
    private static IEnumerable<Expression> Halves(Expression e)
    {
        yield return e.Type == ScalarType.I32 ? e : new Conversion(ScalarType.I32, e);
        if (e.Type.Size() == 8)
            yield return new Conversion(ScalarType.I32, new Binary(e.Type, BinaryOperator.ShiftRight, e, new Constant(ScalarType.I32, 32)));
    }

    private static void Agree(ScalarType feature, IEnumerable<Expression> expressions) => Agree(
        [.. expressions.Chunk(BodyBed.MaxFeatures).Select(c => Case(
            BodyRole.Features,
            feature,
            feature == ScalarType.F32 ? [Any()] : [],
            [.. c.Select((e, i) => Assign.Feature("x", i, BodyBed.MaxFeatures, e))]))]);

    private static void Agree(BodyCase[] cases)
    {
        cases.Length.ShouldBeGreaterThan(5);
        RandomBodies random = new(1);
        BodyAgreement.Check(
            cases,
            [
                .. from c in Enumerable.Range(0, cases.Length)
                    from n in Enumerable.Range(0, InputsABody)
                    select (c, n == 0 ? Zeros(cases[c]) : BodyMemory.Input(cases[c].Method, cases[c].Model, random.Bits)),
            ],
            [BodyAgreement.AsInTheKernel],
            "edges");
    }

    private static BodyInput Zeros(BodyCase body) => BodyMemory.Input(body.Method, body.Model, _ => 0);

    /// <summary>A variable that holds any of the constants, by a field that nothing else reads.</summary>
    private static Let Any() => new("any", RandomBodies.Sides(ScalarType.F32).Select((side, i) => (Value: (Expression)side, At: (ulong)i)).Aggregate(
        (Expression)new Conversion(ScalarType.F32, State("Drift")),
        (otherwise, side) => new Choice(
            new Binary(
                ScalarType.Bool,
                BinaryOperator.Equal,
                new Binary(ScalarType.I32, BinaryOperator.And, new Conversion(ScalarType.I32, State("Word")), new Constant(ScalarType.I32, 31)),
                new Constant(ScalarType.I32, side.At)),
            side.Value,
            otherwise)));

    private static BodyCase Case(BodyRole role, ScalarType feature, Statement[] before, params Statement[] statements)
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

    private static Read State(string field) => Read.Field(BodyState.Fields.Single(f => f.Name == field).Scalar, "q", field);

    private static Constant Number(float value) => new(ScalarType.F32, BitConverter.SingleToUInt32Bits(value));
}
