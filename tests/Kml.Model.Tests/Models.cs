using static Kml.Model.EquatableArray;

namespace Kml.Model.Tests;

/// <summary>A model as data, with every kind of statement, expression, place, argument and type in it.</summary>
internal static class Models
{
    private static readonly Parameter Queued = new("e", ParameterKind.Event, EventKind.BioQueue);
    private static readonly Parameter Issued = new("i", ParameterKind.Event, EventKind.BlockIssue);
    private static readonly Parameter State = new("q", ParameterKind.State);
    private static readonly Place Recent = new MemberPlace(new VariablePlace("q"), "Recent");
    private static readonly Place Waiting = new MemberPlace(new VariablePlace("q"), "Waiting");
    private static readonly Read Time = Read.Field(ScalarType.U64, "e", "TimeNs");
    private static readonly Constant One = new(ScalarType.U32, 1);
    private static readonly Constant Half = new(ScalarType.F32, 0x3f000000);

    private static readonly StructData Window = new(
        "Window",
        Of(new FieldSpec("Strides", new ArrayData(new ScalarData(ScalarType.U32), 4)), new FieldSpec("Next", ScalarType.I32)));

    public static ModelSpec Sample()
    {
        Read wait = Read.Variable(ScalarType.F32, "wait");
        Read waiting = new(ScalarType.U32, Waiting);
        Parameter prediction = new("wait", ParameterKind.Scalar, null, ScalarType.F32);

        Method arrive = new("On", Of(Queued, State), Body(
            new Assign(Waiting, new Binary(ScalarType.U32, BinaryOperator.Add, waiting, One)),
            new Assign(new MemberPlace(new VariablePlace("q"), "LastNs"), Time),
            new Evaluate(new Call(ScalarType.Bool, "Note", Of<Argument>(new PlaceArgument(new VariablePlace("e")), new PlaceArgument(Recent))))));
        Method features = new("Extract", Of(Queued, State, new Parameter("x", ParameterKind.Features, null, ScalarType.F32)), Body(
            new Let("w", new Conversion(ScalarType.F32, waiting)),
            new Assign(new VariablePlace("w"), new Binary(ScalarType.F32, BinaryOperator.Multiply, Read.Variable(ScalarType.F32, "w"), Half)),
            Assign.Feature("x", 0, 2, Read.Variable(ScalarType.F32, "w")),
            Assign.Feature("x", 1, 2, new Choice(
                new Unary(UnaryOperator.Not, new Binary(ScalarType.Bool, BinaryOperator.Equal, Time, new Constant(ScalarType.U64, ulong.MaxValue))),
                new FunctionCall(ScalarType.F32, Function.Min, Of<Expression>(Half, Read.Variable(ScalarType.F32, "w"))),
                Half))));
        Method label = new("Wait", Of(Queued, Issued), Body(
            new Return(new Conversion(
                ScalarType.F32,
                new Binary(ScalarType.U64, BinaryOperator.Subtract, Read.Field(ScalarType.U64, "i", "TimeNs"), Time)))));
        Method verdict = new("Late", Of(Queued, prediction), Body(new Return(new Binary(ScalarType.Bool, BinaryOperator.Greater, wait, Half))));
        Method policy = new("Act", Of(Queued, prediction), Body(
            new If(
                new Binary(ScalarType.Bool, BinaryOperator.Greater, wait, Half),
                Body(new PullLever("e", Lever.RaisePriority, Of<Expression>(One))),
                Body(new Return(null)))));

        return new ModelSpec(
            "sample",
            Of(EventKind.BioQueue, EventKind.BlockIssue),
            new StateSpec(StateScope.PerDevice, Of(
                new FieldSpec("Waiting", ScalarType.U32),
                new FieldSpec("LastNs", ScalarType.U64),
                new FieldSpec("Recent", Window))),
            Of(arrive, Leave()),
            new FeaturesSpec(2, ScalarType.F32, features),
            Of(new LayerSpec(16, LayerActivation.Relu), new LayerSpec(1, LayerActivation.Identity)),
            new LabelSpec(ScalarType.F32, 0, EventKind.BioQueue, EventKind.BlockIssue, label),
            verdict,
            policy,
            new RingSpec(4096, RingWhenFull.Drop),
            Of(Longest(), Note()));
    }

    /// <summary>An update with loops, and with arrays and structs as a whole.</summary>
    private static Method Leave()
    {
        Place old = new VariablePlace("old");
        Read top = Read.Variable(ScalarType.U32, "top");
        return new("On", Of(Issued, State), Body(
            new Declare("old", Window),
            new Refer("recent", Recent, Window),
            new Copy(old, new VariablePlace("recent"), Window),
            new Clear(new VariablePlace("recent"), Window),
            new Let("top", new Call(ScalarType.U32, "Longest", Of<Argument>(
                new PlaceArgument(new SlicePlace(new MemberPlace(old, "Strides"), 1, 2)),
                new ValueArgument(One)))),
            new Loop(
                new Binary(ScalarType.Bool, BinaryOperator.Greater, top, One),
                TestsLast: true,
                Body(
                    new If(
                        new Binary(ScalarType.Bool, BinaryOperator.Less, new Read(ScalarType.U32, Waiting), top),
                        Body(new Break()),
                        Body()),
                    new Assign(Waiting, new Binary(ScalarType.U32, BinaryOperator.Subtract, new Read(ScalarType.U32, Waiting), top))),
                Body(),
                Bound: 8,
                IsStated: true)));
    }

    /// <summary>The largest of two numbers and a third.</summary>
    private static Method Longest()
    {
        Read i = Read.Variable(ScalarType.I32, "n"), longest = Read.Variable(ScalarType.U32, "longest");
        Read stride = new(ScalarType.U32, new ElementPlace(new VariablePlace("strides"), i, 2));
        return new(
            "Longest",
            Of(
                new Parameter("strides", ParameterKind.Reference, Data: new ArrayData(new ScalarData(ScalarType.U32), 2)),
                new Parameter("least", ParameterKind.Scalar, null, ScalarType.U32)),
            Body(
                new Let("longest", Read.Variable(ScalarType.U32, "least")),
                new Let("n", new Constant(ScalarType.I32, 0)),
                new Loop(
                    new Binary(ScalarType.Bool, BinaryOperator.Less, i, new Constant(ScalarType.I32, 2)),
                    TestsLast: false,
                    Body(
                        new If(new Binary(ScalarType.Bool, BinaryOperator.LessOrEqual, stride, longest), Body(new Continue()), Body()),
                        new Assign(new VariablePlace("longest"), stride)),
                    Body(new Assign(new VariablePlace("n"), new Binary(ScalarType.I32, BinaryOperator.Add, i, new Constant(ScalarType.I32, 1)))),
                    Bound: 2,
                    IsStated: false),
                new Return(longest)),
            ScalarType.U32);
    }

    /// <summary>Writes what it is given, by a choice of which each outcome but two is a fault.</summary>
    private static Method Note()
    {
        Place next = new MemberPlace(new VariablePlace("window"), "Next");
        TablePlace follower = new("Follower", ScalarType.I32, Of<ulong>(1, 2, 3, 0));
        Read at = new(ScalarType.I32, next);
        return new(
            "Note",
            Of(Queued, new Parameter("window", ParameterKind.Reference, Data: Window, IsWritten: true)),
            Body(new Switch(at, Of(
                new SwitchSection(
                    Of<ulong>(0, 1),
                    false,
                    Body(new Assign(next, new Read(ScalarType.I32, new ElementPlace(follower, at, 4))), new Block(default)),
                    FallsThrough: true),
                new SwitchSection(
                    Of<ulong>(2),
                    false,
                    Body(new Assign(
                        new ElementPlace(new MemberPlace(new VariablePlace("window"), "Strides"), at, 4),
                        Read.Field(ScalarType.U32, "e", "Sectors"))),
                    FallsThrough: false),
                new SwitchSection(Of<ulong>(3), false, Body(new Fail(Fault.Overflow)), FallsThrough: false),
                new SwitchSection(Of<ulong>(4), false, Body(new Fail(Fault.Index)), FallsThrough: false),
                new SwitchSection(default, true, Body(new Fail(Fault.NoMatch)), FallsThrough: false)))));
    }

    private static Block Body(params Statement[] statements) => new(Of(statements));
}
