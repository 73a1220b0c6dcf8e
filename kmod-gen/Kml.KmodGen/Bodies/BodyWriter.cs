using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen;

/// <summary>
/// Writes a translated method as a C function, which returns 0 or a <c>KML_FAULT_*</c>. A statement that can fault is followed by a test and has no
/// effect on the state before it; what earlier statements wrote stays.
/// </summary>
internal sealed class BodyWriter
{
    private readonly Method _method;
    private readonly BodyRole _role;
    private readonly BodyNames _names;
    private readonly ExpressionWriter _expressions;
    private readonly HashSet<string> _read;
    private string _result = "";

    private BodyWriter(BodyRole role, Method method, UserNames state)
    {
        _method = method;
        _role = role;
        _names = new(method, state);
        _expressions = new(_names);
        _read = Operands.All(method.Body).SelectMany(Operands.Of).SelectMany(Operands.All)
            .Select(e => e switch { Variable v => v.Name, FieldRead f => f.Parameter, _ => "" })
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Writes a method.</summary>
    /// <param name="names">The names of its module.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="symbol">The function's name.</param>
    /// <param name="model">Its model.</param>
    /// <param name="method">The method.</param>
    /// <returns>The function, without a line feed at the end.</returns>
    public static string Write(ModuleNames names, BodyRole role, string symbol, ModelSpec model, Method method) =>
        new BodyWriter(role, method, StateText.Names(model.State?.Fields ?? default)).Function(names, symbol, model);

    private string Function(ModuleNames names, string symbol, ModelSpec model)
    {
        List<string> parameters = [.. Parameters(names, model)];
        foreach (Let let in Operands.All(_method.Body).OfType<Let>())
            _names.Add(let.Name);

        CodeBlock body = new(1);
        if (Operands.All(_method.Body).SelectMany(Operands.Of).Any(ExpressionWriter.CanFault))
            body.Declare("int", "fault", "0");
        foreach (string unused in _unused)
            body.Add($"(void){unused};");
        Write(_method.Body, body);
        if (!Returns(_method.Body))
            body.Add("return 0;");
        return string.Join('\n', [Head(symbol, parameters), "{", .. body.Lines(), "}"]);
    }

    private readonly List<string> _unused = [];

    /// <summary>The parameters that a role has, whether or not the user's method takes all of them.</summary>
    private IEnumerable<string> Parameters(ModuleNames names, ModelSpec model)
    {
        Parameter[] events = [.. _method.Parameters.Where(p => p.Kind == ParameterKind.Event)];
        bool written = Operands.All(_method.Body).OfType<PullLever>().Any();
        for (int i = 0; i < events.Length; i++)
        {
            string name = Named(events[i], _role != BodyRole.Label ? "e" : i == 0 ? "from" : "to", written);
            yield return $"{(_role == BodyRole.Policy ? "" : "const ")}{ModuleNames.Event(events[i].Event!.Value)} *{name}";
        }

        if (_role is BodyRole.Update or BodyRole.Features)
        {
            Parameter? state = _method.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.State);
            bool assigned = Operands.All(_method.Body).OfType<AssignState>().Any();
            yield return $"{(_role == BodyRole.Update ? "" : "const ")}{names.State} *{Named(state, "state", assigned)}";
        }

        if (_role == BodyRole.Features)
        {
            Parameter features = _method.Parameters.Single(p => p.Kind == ParameterKind.Features);
            _result = _names.Bind(features.Name, "x");
            yield return $"{CTypes.Name(model.Features.Type)} {_result}[{model.Features.Count}]";
        }

        if (_role is BodyRole.Verdict or BodyRole.Policy)
        {
            Parameter value = _method.Parameters.Single(p => p.Kind == ParameterKind.Scalar);
            string name = _names.Add(value.Name);
            if (!_read.Contains(value.Name))
                _unused.Add(name);
            yield return $"{CTypes.Name(model.Label.Type)} {name}";
        }

        if (_role is BodyRole.Label or BodyRole.Verdict)
        {
            _result = _names.Fresh(_role == BodyRole.Label ? "label" : "verdict");
            yield return $"{(_role == BodyRole.Label ? CTypes.Name(model.Label.Type) : "bool")} *{_result}";
        }
    }

    private string Named(Parameter? parameter, string name, bool written)
    {
        string c = parameter is null ? _names.Fresh(name) : _names.Bind(parameter.Name, name);
        if (!written && (parameter is null || !_read.Contains(parameter.Name)))
            _unused.Add(c);
        return c;
    }

    private static string Head(string symbol, List<string> parameters)
    {
        string start = $"static inline int {symbol}(";
        string line = start + string.Join(", ", parameters) + ")";
        if (line.Length <= 80)
            return line;
        string indent = new string('\t', start.Length / 8) + new string(' ', start.Length % 8);
        return start + string.Join(",\n" + indent, parameters) + ")";
    }

    private static bool Returns(Statement statement) => statement switch
    {
        Return => true,
        Block s => s.Statements.Any(Returns),
        If s => Returns(s.WhenTrue) && Returns(s.WhenFalse),
        _ => false,
    };

    private void Write(Statement statement, CodeBlock block)
    {
        switch (statement)
        {
            case Block s:
                foreach (Statement inner in s.Statements)
                    Write(inner, block);
                break;
            case Let s:
                WriteLet(s, block);
                break;
            case AssignVariable s when _read.Contains(s.Name):
                Assign(_names[s.Name], s.Value, block);
                break;
            case AssignVariable s:
                Discard(s.Value, block);
                break;
            case AssignState s:
                WriteState(s, block);
                break;
            case AssignFeature s:
                Assign($"{_result}[{CLiteral.Exactly(s.Index, ScalarType.I32).Text}]", s.Value, block);
                break;
            case If s:
                WriteIf(s, block);
                break;
            case PullLever s:
                LeverInfo lever = s.Lever.Info();
                string place = _names.Member(_method.Parameters[0].Name, lever.Field);
                IEnumerable<string> arguments = lever.Parameters.Select((p, i) => Settled(s.Arguments[i], p.Name, block));
                block.Add($"kml_{ModuleNames.Snake(lever.MethodName)}(&{string.Join(", ", arguments.Prepend(place))});");
                break;
            case Return s:
                WriteReturn(s, block);
                break;
            default:
                throw new InvalidOperationException($"No C for {statement.GetType().Name}.");
        }
    }

    private void WriteLet(Let s, CodeBlock block)
    {
        if (!_read.Contains(s.Name))
        {
            Discard(s.Value, block);
            return;
        }

        block.Declare(CTypes.Name(s.Value.Type), _names[s.Name], _expressions.Write(s.Value).Text);
        TestFault(s.Value, block);
    }

    private void WriteState(AssignState s, CodeBlock block)
    {
        string place = _names.Member(s.Parameter, s.Field);
        if (ExpressionWriter.CanFault(s.Value))
            block.Add($"{place} = {Settled(s.Value, "next", block)};");
        else
            Assign(place, s.Value, block);
    }

    private void WriteIf(If s, CodeBlock block)
    {
        CodeBlock whenTrue = new(block.Depth + 1), whenFalse = new(block.Depth + 1);
        Write(s.WhenTrue, whenTrue);
        Write(s.WhenFalse, whenFalse);
        if (whenTrue.IsEmpty && whenFalse.IsEmpty)
        {
            Discard(s.Test, block);
            return;
        }

        Expression test = whenTrue.IsEmpty ? new Unary(UnaryOperator.Not, s.Test) : s.Test;
        string text = Settled(test, "holds", block);
        if (whenTrue.IsEmpty)
            block.AddIf(text, whenFalse, whenTrue);
        else
            block.AddIf(text, whenTrue, whenFalse);
    }

    private void WriteReturn(Return s, CodeBlock block)
    {
        if (s.Value is not null)
            block.Add($"*{_result} = {_expressions.Write(s.Value).Text};");
        block.Add(s.Value is not null && ExpressionWriter.CanFault(s.Value) ? "return fault;" : "return 0;");
    }

    private void Assign(string place, Expression value, CodeBlock block)
    {
        block.Add(Compound(place, value) ?? $"{place} = {_expressions.Write(value).Text};");
        TestFault(value, block);
    }

    /// <summary>The short form of <c>x = x + y</c>, where there is one.</summary>
    private string? Compound(string place, Expression value)
    {
        if (value is not Binary b || b.Left is not (Variable or FieldRead) || _expressions.Write(b.Left).Text != place)
            return null;
        string[] parts = _expressions.Write(value).Text.Split(' ', 3);
        if (parts.Length != 3 || parts[0] != place || parts[1] is not ("+" or "-" or "*" or "/" or "%" or "&" or "|" or "^" or "<<" or ">>"))
            return null;
        if (parts[2] == "1" && parts[1] is "+" or "-" && parts[2] == "1")
            return $"{place}{parts[1]}{parts[1]};";
        string right = parts[1] is "<<" or ">>" ? parts[2] : _expressions.Write(b.Right).Text;
        return $"{place} {parts[1]}= {right};";
    }

    /// <summary>The text of a value that has not faulted: where it can, it goes through a variable and a test.</summary>
    private string Settled(Expression value, string stem, CodeBlock block)
    {
        string text = _expressions.Write(value).Text;
        if (!ExpressionWriter.CanFault(value))
            return text;
        string name = _names.Fresh(stem);
        block.Declare(CTypes.Name(value.Type), name, text);
        TestFault(value, block);
        return name;
    }

    private void Discard(Expression value, CodeBlock block)
    {
        if (!ExpressionWriter.CanFault(value))
            return;
        block.Add($"(void){_expressions.Write(value).At(Binding.Prefix)};");
        TestFault(value, block);
    }

    private static void TestFault(Expression value, CodeBlock block)
    {
        if (!ExpressionWriter.CanFault(value))
            return;
        CodeBlock leave = new(block.Depth + 1);
        leave.Add("return fault;");
        block.AddIf("fault", leave, new CodeBlock(block.Depth + 1));
    }
}
