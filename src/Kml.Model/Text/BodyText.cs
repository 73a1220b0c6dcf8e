using System;
using System.Globalization;
using System.Linq;
using static Kml.Model.Text.SExpression;

namespace Kml.Model.Text;

/// <summary>Translated bodies to and from canonical text.</summary>
internal static class BodyText
{
    public static SExpression Write(Method method) =>
        List(
            "method",
            Atom(method.Name),
            List("parameters", method.Parameters.Select(Write)),
            Write(method.Body));

    public static Method ReadMethod(SExpression node) =>
        node.Head == "method"
            ? new Method(
                node.At(1).Word,
                node.At(2).Items.Skip(1).Select(ReadParameter).ToEquatableArray(),
                ReadBlock(node.At(3)))
            : throw new FormatException($"A method was expected, not {node.Head}.");

    private static SExpression Write(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Event => List("event", Atom(parameter.Name), Atom(parameter.Event!.Value.Info().Word)),
        ParameterKind.State => List("state", Atom(parameter.Name)),
        ParameterKind.Features => List("features", Atom(parameter.Name), Atom(parameter.Type.Word())),
        _ => List("scalar", Atom(parameter.Name), Atom(parameter.Type.Word())),
    };

    private static Parameter ReadParameter(SExpression node)
    {
        string name = node.At(1).Word;
        return node.Head switch
        {
            "event" => new Parameter(name, ParameterKind.Event, EventCatalog.FromWord(node.At(2).Word).Kind),
            "state" => new Parameter(name, ParameterKind.State),
            "features" => new Parameter(name, ParameterKind.Features, null, ScalarTypes.FromWord(node.At(2).Word)),
            "scalar" => new Parameter(name, ParameterKind.Scalar, null, ScalarTypes.FromWord(node.At(2).Word)),
            _ => throw new FormatException($"'{node.Head}' is no kind of parameter."),
        };
    }

    private static SExpression Write(Block block) => List("block", block.Statements.Select(Write));

    private static Block ReadBlock(SExpression node) =>
        node.Head == "block"
            ? new Block(node.Items.Skip(1).Select(ReadStatement).ToEquatableArray())
            : throw new FormatException($"A block was expected, not {node.Head}.");

    private static SExpression Write(Statement statement) => statement switch
    {
        Let s => List("let", Atom(s.Name), Write(s.Value)),
        AssignVariable s => List("set", Atom(s.Name), Write(s.Value)),
        AssignState s => List("set-state", Atom(s.Parameter), Atom(s.Field), Write(s.Value)),
        AssignFeature s => List("set-feature", Atom(s.Index.ToString(CultureInfo.InvariantCulture)), Write(s.Value)),
        If s => List("if", Write(s.Test), Write(s.WhenTrue), Write(s.WhenFalse)),
        Block s => Write(s),
        Return { Value: null } => List("return"),
        Return s => List("return", Write(s.Value!)),
        PullLever s => List("pull", [Atom(s.Lever.ToString()), .. s.Arguments.Select(Write)]),
        _ => throw new InvalidOperationException($"No text for {statement.GetType().Name}."),
    };

    private static Statement ReadStatement(SExpression node) => node.Head switch
    {
        "let" => new Let(node.At(1).Word, ReadExpression(node.At(2))),
        "set" => new AssignVariable(node.At(1).Word, ReadExpression(node.At(2))),
        "set-state" => new AssignState(node.At(1).Word, node.At(2).Word, ReadExpression(node.At(3))),
        "set-feature" => new AssignFeature(node.At(1).Int32(), ReadExpression(node.At(2))),
        "if" => new If(ReadExpression(node.At(1)), ReadBlock(node.At(2)), ReadBlock(node.At(3))),
        "block" => ReadBlock(node),
        "return" => new Return(node.Items.Count == 1 ? null : ReadExpression(node.At(1))),
        "pull" => new PullLever(node.At(1).Enum<Lever>(), node.Items.Skip(2).Select(ReadExpression).ToEquatableArray()),
        _ => throw new FormatException($"'{node.Head}' is no statement."),
    };

    private static SExpression Write(Expression expression)
    {
        SExpression type = Atom(expression.Type.Word());
        return expression switch
        {
            Constant e => List("const", type, Atom(e.Bits.ToString(CultureInfo.InvariantCulture))),
            Variable e => List("var", type, Atom(e.Name)),
            FieldRead e => List("field", type, Atom(e.Parameter), Atom(e.Field)),
            Unary e => List("unary", Atom(e.Operator.ToString()), Write(e.Operand)),
            Binary e => List("binary", type, Atom(e.Operator.ToString()), Write(e.Left), Write(e.Right)),
            Conversion e => List("convert", type, Write(e.Operand)),
            Choice e => List("choose", Write(e.Test), Write(e.WhenTrue), Write(e.WhenFalse)),
            FunctionCall e => List("call", [type, Atom(e.Function.ToString()), .. e.Arguments.Select(Write)]),
            _ => throw new InvalidOperationException($"No text for {expression.GetType().Name}."),
        };
    }

    private static Expression ReadExpression(SExpression node) => node.Head switch
    {
        "const" => new Constant(ReadType(node), node.At(2).UInt64()),
        "var" => new Variable(ReadType(node), node.At(2).Word),
        "field" => new FieldRead(ReadType(node), node.At(2).Word, node.At(3).Word),
        "unary" => new Unary(node.At(1).Enum<UnaryOperator>(), ReadExpression(node.At(2))),
        "binary" => new Binary(ReadType(node), node.At(2).Enum<BinaryOperator>(), ReadExpression(node.At(3)), ReadExpression(node.At(4))),
        "convert" => new Conversion(ReadType(node), ReadExpression(node.At(2))),
        "choose" => new Choice(ReadExpression(node.At(1)), ReadExpression(node.At(2)), ReadExpression(node.At(3))),
        "call" => new FunctionCall(ReadType(node), node.At(2).Enum<Function>(), node.Items.Skip(3).Select(ReadExpression).ToEquatableArray()),
        _ => throw new FormatException($"'{node.Head}' is no expression."),
    };

    private static ScalarType ReadType(SExpression node) => ScalarTypes.FromWord(node.At(1).Word);
}
