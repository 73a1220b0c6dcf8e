using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>
/// Translates a method to a C function, which returns 0 or a <c>KML_FAULT_*</c>. A statement that can fault is followed by a test and has no
/// effect on the state before it; what earlier statements wrote stays.
/// </summary>
internal sealed class BodyTranslator
{
    private static readonly CName Fault = new("fault", ScalarType.I32);
    private static readonly CInteger Zero = new(0, "", ScalarType.I32);

    private readonly Method _method;
    private readonly BodyNames _names;
    private readonly ExpressionTranslator _expressions;
    private readonly HashSet<string> _read;
    private readonly BodySignature _signature;

    private BodyTranslator(CNames names, BodyRole role, ModelSpec model, Method method)
    {
        _method = method;
        _names = new(method, StateText.Names(model.State?.Fields ?? default));
        _expressions = new(_names);
        _read = Operands.All(method.Body).SelectMany(Operands.Of).SelectMany(Operands.All)
            .Select(e => e switch { Variable v => v.Name, FieldRead f => f.Parameter, _ => "" })
            .ToHashSet(StringComparer.Ordinal);
        _signature = new(role, method, _names, _read, model, names.State);
    }

    /// <summary>Translates a method.</summary>
    /// <param name="names">The names of its module.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="symbol">The function's name.</param>
    /// <param name="model">Its model.</param>
    /// <param name="method">The method.</param>
    /// <param name="comment">What is said before the function; null for nothing.</param>
    /// <returns>The function.</returns>
    public static CFunction Translate(CNames names, BodyRole role, string symbol, ModelSpec model, Method method, string? comment = null) =>
        new BodyTranslator(names, role, model, method).Function(symbol, comment);

    private CFunction Function(string symbol, string? comment)
    {
        foreach (Let let in Operands.All(_method.Body).OfType<Let>())
            _names.Add(let.Name);

        CBlock body = new();
        if (Operands.All(_method.Body).SelectMany(Operands.Of).Any(ExpressionTranslator.CanFault))
            body.Declare("int", Fault, Zero);
        foreach (string unused in _signature.Unused)
            body.Add(new CDiscard(new CName(unused, ScalarType.U64)));
        Add(_method.Body, body);
        if (!Returns(_method.Body))
            body.Add(new CReturn(Zero));
        return new(symbol, _signature.Parameters, body, comment);
    }

    private static bool Returns(Statement statement) => statement switch
    {
        Return => true,
        Block s => s.Statements.Any(Returns),
        If s => Returns(s.WhenTrue) && Returns(s.WhenFalse),
        _ => false,
    };

    private void Add(Statement statement, CBlock block)
    {
        switch (statement)
        {
            case Block s:
                foreach (Statement inner in s.Statements)
                    Add(inner, block);
                break;
            case Let s:
                AddLet(s, block);
                break;
            case AssignVariable s when _read.Contains(s.Name):
                Assign(_expressions.Translate(new Variable(s.Value.Type, s.Name)), s.Value, block);
                break;
            case AssignVariable s:
                Discard(s.Value, block);
                break;
            case AssignState s:
                AddState(s, block);
                break;
            case AssignFeature s:
                Assign(new CElement(_signature.Result, s.Index, s.Value.Type), s.Value, block);
                break;
            case If s:
                AddIf(s, block);
                break;
            case PullLever s:
                AddLever(s, block);
                break;
            case Return s:
                AddReturn(s, block);
                break;
            default:
                throw new InvalidOperationException($"No C for {statement.GetType().Name}.");
        }
    }

    private void AddLet(Let s, CBlock block)
    {
        if (!_read.Contains(s.Name))
        {
            Discard(s.Value, block);
            return;
        }

        block.Declare(CTypes.Name(s.Value.Type), new CName(_names[s.Name], s.Value.Type), _expressions.Translate(s.Value));
        TestFault(s.Value, block);
    }

    private void AddState(AssignState s, CBlock block)
    {
        CExpression place = _expressions.Translate(new FieldRead(s.Value.Type, s.Parameter, s.Field));
        if (ExpressionTranslator.CanFault(s.Value))
            block.Add(new CAssign(place, Settled(s.Value, "next", block)));
        else
            Assign(place, s.Value, block);
    }

    private void AddIf(If s, CBlock block)
    {
        CBlock whenTrue = new(), whenFalse = new();
        Add(s.WhenTrue, whenTrue);
        Add(s.WhenFalse, whenFalse);
        if (whenTrue.IsEmpty && whenFalse.IsEmpty)
        {
            Discard(s.Test, block);
            return;
        }

        Expression test = whenTrue.IsEmpty ? new Unary(UnaryOperator.Not, s.Test) : s.Test;
        CExpression holds = Settled(test, "holds", block);
        block.Add(whenTrue.IsEmpty ? new CIf(holds, whenFalse, whenTrue) : new CIf(holds, whenTrue, whenFalse));
    }

    private void AddLever(PullLever s, CBlock block)
    {
        LeverInfo lever = s.Lever.Info();
        string target = _method.Parameters[0].Name;
        CPrefix place = new("&", new CMember(_names[target], _names.Field(target, lever.Field), ScalarType.U32), ScalarType.U64);
        IEnumerable<CExpression> arguments = lever.Parameters.Select((p, i) => Settled(s.Arguments[i], p.Name, block));
        block.Add(new CEvaluate(new CCall($"kml_{CNames.Snake(lever.MethodName)}", [place, .. arguments], ScalarType.I32)));
    }

    private void AddReturn(Return s, CBlock block)
    {
        if (s.Value is not null)
            block.Add(new CAssign(new CPrefix("*", new CName(_signature.Result, ScalarType.U64), s.Value.Type), _expressions.Translate(s.Value)));
        block.Add(new CReturn(s.Value is not null && ExpressionTranslator.CanFault(s.Value) ? Fault : Zero));
    }

    private void Assign(CExpression place, Expression value, CBlock block)
    {
        block.Add(Compound(place, value) ?? new CAssign(place, _expressions.Translate(value)));
        TestFault(value, block);
    }

    /// <summary>The short form of <c>x = x + y</c>, where there is one.</summary>
    private CStatement? Compound(CExpression place, Expression value)
    {
        if (value is not Binary { Left: Variable or FieldRead } binary
            || _expressions.Translate(value) is not CInfix { Operator.Assigns: true } infix
            || infix.Left != place)
            return null;
        if (infix.Right is CInteger { Value: var step, Suffix: "" } && step == 1 && infix.Operator.Binding == Binding.Sum)
            return new CStep(place, infix.Operator);

        // The assignment converts, so the operand needs no suffix or cast; a shift's amount is the masked one.
        return new CCompound(place, infix.Operator, infix.Operator.Binding == Binding.Shift ? infix.Right : _expressions.Translate(binary.Right));
    }

    /// <summary>A value that has not faulted: where it can, it goes through a variable and a test.</summary>
    private CExpression Settled(Expression value, string stem, CBlock block)
    {
        CExpression c = _expressions.Translate(value);
        if (!ExpressionTranslator.CanFault(value))
            return c;
        CName name = new(_names.Fresh(stem), value.Type);
        block.Declare(CTypes.Name(value.Type), name, c);
        TestFault(value, block);
        return name;
    }

    private void Discard(Expression value, CBlock block)
    {
        if (!ExpressionTranslator.CanFault(value))
            return;
        block.Add(new CDiscard(_expressions.Translate(value)));
        TestFault(value, block);
    }

    private static void TestFault(Expression value, CBlock block)
    {
        if (ExpressionTranslator.CanFault(value))
            block.Add(new CIf(Fault, CBlock.Of(new CReturn(Fault)), new CBlock()));
    }
}
