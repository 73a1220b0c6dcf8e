using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.EdgeBodies;

namespace Kml.KmodGen.Tests.Bodies;

/// <content>Every form of every function, each argument every constant in turn.</content>
public partial class EdgeTests
{
    [Fact]
    public void Functions_of_integers() => Agree(Together(
        ScalarType.I32,
        from call in Calls() where !CanFault(call) && call.Operand != ScalarType.F32 from e in Halves(call) select e));

    [Fact]
    public void Functions_of_floats() => Agree(Together(
        ScalarType.F32,
        (from call in Calls() where !CanFault(call) && call.Type == ScalarType.F32 select call)
            .Concat(
                from info in FunctionCatalog.All
                where info.Arity == 1 && info.ResultOf(ScalarType.F32) == ScalarType.F32 && info.Operands.Contains(ScalarType.F32)
                from operand in Floating()
                select new FunctionCall(ScalarType.F32, info.Function, EquatableArray.Of(operand)))));

    // What can fault ends its body: one call a body.
    [Fact]
    public void Functions_that_may_fault() => Agree(
        [
            .. from call in Calls()
               where CanFault(call) && call.Operand != ScalarType.F32
               select Case(BodyRole.Update, ScalarType.I32, [], Kept(call)),
        ]);

    [Fact]
    public void Functions_of_floats_that_may_fault() => Agree(
        [
            .. from call in Calls()
               where CanFault(call) && call.Operand == ScalarType.F32
               select Case(BodyRole.Features, call.Type, [Any()], Assign.Feature("x", 0, BodyBed.MaxFeatures, call)),
        ]);

    // A clamp whose bounds cross has faulted, and divides as 0 until the fault is tested.
    [Theory]
    [InlineData(ScalarType.I32)]
    [InlineData(ScalarType.U32)]
    [InlineData(ScalarType.I64)]
    [InlineData(ScalarType.U64)]
    public void Divisions_by_a_clamp(ScalarType type) => Agree(
        [
            .. from least in RandomBodies.Sides(type).Append<Expression>(AnyOf(type))
               from most in RandomBodies.Sides(type).Append<Expression>(new Conversion(type, State("Level")))
               let clamp = new FunctionCall(type, Function.Clamp, EquatableArray.Of(AnyOf(type), least, most))
               select Case(BodyRole.Update, ScalarType.I32, [], Kept(new Binary(type, BinaryOperator.Divide, AnyOf(type), clamp))),
        ]);
}
