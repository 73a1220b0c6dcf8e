using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Model.Lowering.Ranges;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests.Ranges;

/// <summary>A bound that is stated holds where it is counted, and nowhere else: a method says it also of those of its loops that are found to end.</summary>
public sealed class StatedBoundTests
{
    private const int Stated = 4;

    [Fact]
    public void What_is_proved_does_not_lean_on_a_bound_that_gives_way_to_a_proof()
    {
        // n++ in 8 turns, k++ in n turns, where the method states 4.
        Method update = Update(
            [.. Number("n"), .. Number("k"), .. Loop("i", Num(8), Next("n")), .. Loop("j", Read.Variable(ScalarType.I32, "n"), Next("k")), Drift("k")]);
        ModelSpec model = Model(update);
        List<int> unproven = [];
        Method proven = LoopBounds.Prove(update, new([]), unproven);

        unproven.ShouldBeEmpty();
        Operands.All(proven.Body).OfType<Loop>().ShouldAllBe(l => l.IsStated || l.Bound >= 8);
        (Method asserted, _) = RangeAssertions.Add(proven, new([]));
        BodyInput input = BodyMemory.Input(update, model, _ => 0);
        BodyInterpreter.Run(model, asserted, input).Faulted.ShouldBeFalse(ModelText.Write(Model(asserted)));
    }

    private static Constant Num(int value) => new(ScalarType.I32, (ulong)value);

    private static Statement[] Number(string name) => [new Let(name, Num(0))];

    private static Assign Next(string name) =>
        new(new VariablePlace(name), new Binary(ScalarType.I32, BinaryOperator.Add, Read.Variable(ScalarType.I32, name), Num(1)));

    private static Assign Drift(string name) =>
        new(new MemberPlace(new VariablePlace("q"), "Drift"), new Conversion(ScalarType.I64, Read.Variable(ScalarType.I32, name)));

    private static Statement[] Loop(string counter, Expression below, Statement body) =>
    [
        new Let(counter, Num(0)),
        new Loop(
            new Binary(ScalarType.Bool, BinaryOperator.Less, Read.Variable(ScalarType.I32, counter), below),
            TestsLast: false,
            new(EquatableArray.Of(body)),
            new(EquatableArray.Of<Statement>(Next(counter))),
            Stated,
            IsStated: true),
    ];

    private static Method Update(IEnumerable<Statement> body) => new(
        "On",
        EquatableArray.Of(new Parameter("e", ParameterKind.Event, EventKind.BioQueue), new Parameter("q", ParameterKind.State)),
        new(body.ToEquatableArray()));

    private static ModelSpec Model(Method update) => SampleModels.Minimal() with
    {
        State = new(StateScope.PerDevice, BodyState.Fields),
        Updates = EquatableArray.Of(update),
    };
}
