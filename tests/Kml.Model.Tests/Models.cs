using static Kml.Model.EquatableArray;

namespace Kml.Model.Tests;

/// <summary>A model as data, with every kind of statement and expression in it.</summary>
internal static class Models
{
    public static ModelSpec Sample()
    {
        Parameter queued = new("e", ParameterKind.Event, EventKind.BioQueue);
        Parameter issued = new("i", ParameterKind.Event, EventKind.BlockIssue);
        Parameter state = new("q", ParameterKind.State);
        FieldRead waiting = new(ScalarType.U32, "q", "Waiting");
        FieldRead time = new(ScalarType.U64, "e", "TimeNs");
        Constant one = new(ScalarType.U32, 1);
        Constant half = new(ScalarType.F32, 0x3f000000);
        Variable wait = new(ScalarType.F32, "wait");

        Method arrive = new("On", Of(queued, state), new Block(Of<Statement>(
            new AssignState("q", "Waiting", new Binary(ScalarType.U32, BinaryOperator.Add, waiting, one)),
            new AssignState("q", "LastNs", time))));
        Method leave = new("On", Of(issued, state), new Block(Of<Statement>(
            new If(
                new Binary(ScalarType.Bool, BinaryOperator.Greater, waiting, new Constant(ScalarType.U32, 0)),
                new Block(Of<Statement>(new AssignState("q", "Waiting", new Binary(ScalarType.U32, BinaryOperator.Subtract, waiting, one)))),
                new Block(default)))));
        Method features = new("Extract", Of(queued, state, new Parameter("x", ParameterKind.Features, null, ScalarType.F32)), new Block(Of<Statement>(
            new Let("w", new Conversion(ScalarType.F32, waiting)),
            new AssignVariable("w", new Binary(ScalarType.F32, BinaryOperator.Multiply, new Variable(ScalarType.F32, "w"), half)),
            new AssignFeature(0, new Variable(ScalarType.F32, "w")),
            new AssignFeature(1, new Choice(
                new Unary(UnaryOperator.Not, new Binary(ScalarType.Bool, BinaryOperator.Equal, time, new Constant(ScalarType.U64, ulong.MaxValue))),
                new FunctionCall(ScalarType.F32, Function.Min, Of<Expression>(half, new Variable(ScalarType.F32, "w"))),
                half)))));
        Method label = new("Wait", Of(queued, issued), new Block(Of<Statement>(
            new Return(new Conversion(
                ScalarType.F32,
                new Binary(ScalarType.U64, BinaryOperator.Subtract, new FieldRead(ScalarType.U64, "i", "TimeNs"), time))))));
        Method verdict = new("Late", Of(queued, new Parameter("wait", ParameterKind.Scalar, null, ScalarType.F32)), new Block(Of<Statement>(
            new Return(new Binary(ScalarType.Bool, BinaryOperator.Greater, wait, half)))));
        Method policy = new("Act", Of(queued, new Parameter("wait", ParameterKind.Scalar, null, ScalarType.F32)), new Block(Of<Statement>(
            new If(
                new Binary(ScalarType.Bool, BinaryOperator.Greater, wait, half),
                new Block(Of<Statement>(new PullLever(Lever.RaisePriority, Of<Expression>(one)))),
                new Block(Of<Statement>(new Return(null)))))));

        return new ModelSpec(
            "sample",
            Of(EventKind.BioQueue, EventKind.BlockIssue),
            new StateSpec(StateScope.PerDevice, Of(new FieldSpec("Waiting", ScalarType.U32), new FieldSpec("LastNs", ScalarType.U64))),
            Of(arrive, leave),
            new FeaturesSpec(2, ScalarType.F32, features),
            Of(new LayerSpec(16, LayerActivation.Relu), new LayerSpec(1, LayerActivation.Identity)),
            new LabelSpec(ScalarType.F32, 0, EventKind.BioQueue, EventKind.BlockIssue, label),
            verdict,
            policy,
            new RingSpec(4096, RingWhenFull.Drop));
    }
}
