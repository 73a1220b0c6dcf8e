using System;
using System.Globalization;
using System.Linq;
using static Kml.Model.Text.SExpression;

namespace Kml.Model.Text;

/// <summary>Translated bodies to and from canonical text.</summary>
internal static class BodyText
{
    public static SExpression Write(Method method)
    {
        SExpression parameters = List("parameters", method.Parameters.Select(Write));
        return method.Result is { } result
            ? List("method", Atom(method.Name), parameters, Write(method.Body), Atom(result.Word()))
            : List("method", Atom(method.Name), parameters, Write(method.Body));
    }

    public static Method ReadMethod(SExpression node) =>
        node.Head == "method"
            ? new Method(
                node.At(1).Word,
                node.At(2).Items.Skip(1).Select(ReadParameter).ToEquatableArray(),
                ReadBlock(node.At(3)),
                node.Items.Count > 4 ? ScalarTypes.FromWord(node.At(4).Word) : null)
            : throw new FormatException($"A method was expected, not {node.Head}.");

    private static SExpression Write(Parameter parameter)
    {
        SExpression name = Atom(parameter.Name);
        SExpression[] parts = parameter.Kind switch
        {
            ParameterKind.Event => [name, Atom(parameter.Event!.Value.Info().Word)],
            ParameterKind.State => [name],
            ParameterKind.Reference => [name, PlaceText.Write(parameter.Data!)],
            _ => [name, Atom(parameter.Type.Word())],
        };
        string? more = parameter.IsWritten ? "written" : parameter.Confidence?.Info().Word;
        return List(parameter.Kind.ToString().ToLowerInvariant(), more is null ? parts : [.. parts, Atom(more)]);
    }

    private static Parameter ReadParameter(SExpression node)
    {
        string name = node.At(1).Word;
        Parameter parameter = node.Head switch
        {
            "event" => new Parameter(name, ParameterKind.Event, EventCatalog.FromWord(node.At(2).Word).Kind),
            "state" => new Parameter(name, ParameterKind.State),
            "features" => new Parameter(name, ParameterKind.Features, null, ScalarTypes.FromWord(node.At(2).Word)),
            "scalar" => new Parameter(name, ParameterKind.Scalar, null, ScalarTypes.FromWord(node.At(2).Word)),
            "reference" => new Parameter(name, ParameterKind.Reference, Data: PlaceText.ReadData(node.At(2))),
            _ => throw new FormatException($"'{node.Head}' is no kind of parameter."),
        };
        int own = node.Head == "state" ? 2 : 3;
        if (node.Items.Count == own)
            return parameter;
        string more = node.At(own).Word;
        return more == "written" ? parameter with { IsWritten = true }
            : ConfidenceCatalog.ByWord(more) is { } confidence ? parameter with { Confidence = confidence.Confidence }
            : throw new FormatException($"'{more}' says nothing of a parameter.");
    }

    private static SExpression Write(Block block) => List("block", block.Statements.Select(Write));

    private static Block ReadBlock(SExpression node) =>
        node.Head == "block"
            ? new Block(node.Items.Skip(1).Select(ReadStatement).ToEquatableArray())
            : throw new FormatException($"A block was expected, not {node.Head}.");

    private static SExpression Write(Statement statement) => statement switch
    {
        Let s => List("let", Atom(s.Name), Write(s.Value)),
        Refer s => List("refer", Atom(s.Name), PlaceText.Write(s.Place), PlaceText.Write(s.Data)),
        Declare s => List("declare", Atom(s.Name), PlaceText.Write(s.Data)),
        Assign s => List("set", PlaceText.Write(s.Target), Write(s.Value)),
        Copy s => List("copy", PlaceText.Write(s.Target), PlaceText.Write(s.Source), PlaceText.Write(s.Data)),
        Clear s => List("clear", PlaceText.Write(s.Target), PlaceText.Write(s.Data)),
        If s => List("if", Write(s.Test), Write(s.WhenTrue), Write(s.WhenFalse)),
        Switch s => List("switch", [Write(s.Value), .. s.Sections.Select(Write)]),
        Loop s => Write(s),
        Break => List("break"),
        Continue => List("continue"),
        Block s => Write(s),
        Return { Value: null } => List("return"),
        Return s => List("return", Write(s.Value!)),
        Evaluate s => List("evaluate", Write(s.Value)),
        Fail s => List("fail", Atom(s.Fault.ToString())),
        PullLever s => List("pull", [Atom(s.Event), Atom(s.Lever.ToString()), .. s.Arguments.Select(Write)]),
        _ => throw new InvalidOperationException($"No text for {statement.GetType().Name}."),
    };

    private static SExpression Write(SwitchSection section) => List(
        section.FallsThrough ? "falls" : "section",
        [
            Write(section.Body),
            .. section.IsDefault ? new[] { Atom("default") } : [],
            .. section.Labels.Select(l => Atom(l.ToString(CultureInfo.InvariantCulture))),
        ]);

    private static SExpression Write(Loop loop) => List(
        loop.TestsLast ? "loop-last" : "loop",
        Write(loop.Test),
        Write(loop.Body),
        Write(loop.Step),
        Atom(loop.IsStated ? "stated" : "proven"),
        loop.Bound is { } bound ? Number(bound) : throw new InvalidOperationException("A loop without a bound has no text."));

    private static Statement ReadStatement(SExpression node) => node.Head switch
    {
        "let" => new Let(node.At(1).Word, ReadExpression(node.At(2))),
        "refer" => new Refer(node.At(1).Word, PlaceText.ReadPlace(node.At(2)), PlaceText.ReadData(node.At(3))),
        "declare" => new Declare(node.At(1).Word, PlaceText.ReadData(node.At(2))),
        "set" => new Assign(PlaceText.ReadPlace(node.At(1)), ReadExpression(node.At(2))),
        "copy" => new Copy(PlaceText.ReadPlace(node.At(1)), PlaceText.ReadPlace(node.At(2)), PlaceText.ReadData(node.At(3))),
        "clear" => new Clear(PlaceText.ReadPlace(node.At(1)), PlaceText.ReadData(node.At(2))),
        "if" => new If(ReadExpression(node.At(1)), ReadBlock(node.At(2)), ReadBlock(node.At(3))),
        "switch" => new Switch(ReadExpression(node.At(1)), node.Items.Skip(2).Select(ReadSection).ToEquatableArray()),
        "loop" or "loop-last" => new Loop(
            ReadExpression(node.At(1)),
            node.Head == "loop-last",
            ReadBlock(node.At(2)),
            ReadBlock(node.At(3)),
            node.At(5).Positive(),
            node.At(4).Word switch { "stated" => true, "proven" => false, string word => throw new FormatException($"'{word}' says nothing of a bound.") }),
        "break" => new Break(),
        "continue" => new Continue(),
        "block" => ReadBlock(node),
        "return" => new Return(node.Items.Count == 1 ? null : ReadExpression(node.At(1))),
        "evaluate" => new Evaluate(ReadExpression(node.At(1))),
        "fail" => new Fail(node.At(1).Enum<Fault>()),
        "pull" => new PullLever(node.At(1).Word, node.At(2).Enum<Lever>(), node.Items.Skip(3).Select(ReadExpression).ToEquatableArray()),
        _ => throw new FormatException($"'{node.Head}' is no statement."),
    };

    private static SwitchSection ReadSection(SExpression node)
    {
        if (node.Head is not ("section" or "falls"))
            throw new FormatException($"'{node.Head}' is no section of a switch.");
        bool isDefault = node.Items.Count > 2 && node.At(2).Word == "default";
        return new SwitchSection(
            node.Items.Skip(isDefault ? 3 : 2).Select(l => l.UInt64()).ToEquatableArray(),
            isDefault,
            ReadBlock(node.At(1)),
            node.Head == "falls");
    }

    public static SExpression Write(Expression expression)
    {
        SExpression type = Atom(expression.Type.Word());
        return expression switch
        {
            Constant e => List("const", type, Atom(e.Bits.ToString(CultureInfo.InvariantCulture))),
            Read e => List("read", type, PlaceText.Write(e.Place)),
            Unary e => List("unary", Atom(e.Operator.ToString()), Write(e.Operand)),
            Binary e => List("binary", type, Atom(e.Operator.ToString()), Write(e.Left), Write(e.Right)),
            Conversion e => List("convert", type, Write(e.Operand)),
            Choice e => List("choose", Write(e.Test), Write(e.WhenTrue), Write(e.WhenFalse)),
            FunctionCall e => List("call", [type, Atom(e.Function.ToString()), .. e.Arguments.Select(Write)]),
            Call e => List("own", [type, Atom(e.Name), .. e.Arguments.Select(Write)]),
            _ => throw new InvalidOperationException($"No text for {expression.GetType().Name}."),
        };
    }

    private static SExpression Write(Argument argument) =>
        argument is ValueArgument value ? Write(value.Value) : List("ref", PlaceText.Write(((PlaceArgument)argument).Place));

    public static Expression ReadExpression(SExpression node) => node.Head switch
    {
        "const" => new Constant(ReadType(node), node.At(2).UInt64()),
        "read" => new Read(ReadType(node), PlaceText.ReadPlace(node.At(2))),
        "unary" => new Unary(node.At(1).Enum<UnaryOperator>(), ReadExpression(node.At(2))),
        "binary" => new Binary(ReadType(node), node.At(2).Enum<BinaryOperator>(), ReadExpression(node.At(3)), ReadExpression(node.At(4))),
        "convert" => new Conversion(ReadType(node), ReadExpression(node.At(2))),
        "choose" => new Choice(ReadExpression(node.At(1)), ReadExpression(node.At(2)), ReadExpression(node.At(3))),
        "call" => new FunctionCall(ReadType(node), node.At(2).Enum<Function>(), node.Items.Skip(3).Select(ReadExpression).ToEquatableArray()),
        "own" => new Call(ReadType(node), node.At(2).Word, node.Items.Skip(3).Select(ReadArgument).ToEquatableArray()),
        _ => throw new FormatException($"'{node.Head}' is no expression."),
    };

    private static Argument ReadArgument(SExpression node) =>
        node.Head == "ref" ? new PlaceArgument(PlaceText.ReadPlace(node.At(1))) : new ValueArgument(ReadExpression(node));

    private static ScalarType ReadType(SExpression node) => ScalarTypes.FromWord(node.At(1).Word);
}
