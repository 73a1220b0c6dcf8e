using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>How a loop is made: what is tested in each of its turns, and how these move variables.</summary>
internal sealed class LoopForm
{
    private readonly Loop _loop;
    private readonly FixedFacts _facts;
    private readonly Dictionary<string, LoopStep?> _steps = new(StringComparer.Ordinal);

    /// <summary>Looks at a loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="facts">What else is so of its body.</param>
    public LoopForm(Loop loop, FixedFacts facts)
    {
        _loop = loop;
        _facts = facts;
        Bound = loop.IsStated && !facts.AreCounted ? null : loop.Bound;
        Leaves = Operands.All(loop.Body).Any(s => s is Break);
        Tests = [.. FindTests(loop)];
        Assigned = [.. FindAssigned()];
        Depth = DepthOf(loop);
    }

    /// <summary>The most turns that it takes, where that was found before or is counted; null where only its counters may tell.</summary>
    public int? Bound { get; }

    /// <summary>Whether something in it breaks, be it out of another loop within.</summary>
    public bool Leaves { get; }

    /// <summary>What holds in every turn that is not the last, with how it must come out, and whether that is so before the first is begun.</summary>
    public IReadOnlyList<(Expression Test, bool Holds, bool IsFirst)> Tests { get; }

    /// <summary>The variables that it writes by nothing but assignments without calls, and that no reference leads to.</summary>
    public IReadOnlyList<string> Assigned { get; }

    /// <summary>How many loops lie one within the other, itself among them.</summary>
    public int Depth { get; }

    /// <summary>How a turn moves a place.</summary>
    /// <param name="key">The place, as <see cref="Facts.Key"/> names it.</param>
    /// <returns>Null where it is not changed once in every turn, or in another way.</returns>
    public LoopStep? Step(string key)
    {
        if (!_steps.TryGetValue(key, out LoopStep? step))
            _steps.Add(key, step = FindStep(key));
        return step;
    }

    /// <summary>How many bits a number has.</summary>
    public static int Width(BigInteger value)
    {
        int width = 0;
        for (; value > 0; value >>= 1)
            width++;
        return width;
    }

    private IEnumerable<string> FindAssigned()
    {
        IEnumerable<string> targets = Operands.All(_loop).Select(AssignedBy).OfType<string>().Distinct();
        return targets.Where(name => !_facts.IsShared(name) && Operands.All(_loop).All(s => AssignedBy(s) == name || !_facts.Written(s).Touch(name)));
    }

    private static string? AssignedBy(Statement statement) =>
        statement is Assign { Target: VariablePlace { Name: var name }, Value: var value } && !Operands.All(value).Any(e => e is Call) ? name : null;

    private static int DepthOf(Statement statement) =>
        Operands.Within(statement).Select(DepthOf).DefaultIfEmpty(0).Max() + (statement is Loop ? 1 : 0);

    private static IEnumerable<(Expression Test, bool Holds, bool IsFirst)> FindTests(Loop loop)
    {
        IEnumerable<(Expression, bool, bool)> tests = Parts(loop.Test, true).Select(t => (t.Test, t.Holds, !loop.TestsLast));
        foreach (Statement statement in Always(loop.Body))
        {
            if (statement is If { WhenTrue.Statements: { Count: > 0 } ended, Test: var test } && ended[ended.Count - 1] is Break or Return or Fail)
                tests = tests.Concat(Parts(test, false).Select(t => (t.Test, t.Holds, false)));
        }

        return tests;
    }

    private static IEnumerable<(Expression Test, bool Holds)> Parts(Expression test, bool holds) => test switch
    {
        Unary { Operator: UnaryOperator.Not } e => Parts(e.Operand, !holds),
        Binary { Operator: BinaryOperator.AndAlso } e when holds => Parts(e.Left, true).Concat(Parts(e.Right, true)),
        Binary { Operator: BinaryOperator.OrElse } e when !holds => Parts(e.Left, false).Concat(Parts(e.Right, false)),
        _ => [(test, holds)],
    };

    // A continue skips what follows in the body. One of a loop within that belongs to that loop is taken for it, too: too careful, and never wrong.
    private static IEnumerable<Statement> Always(Block body) =>
        body.Statements.TakeWhile(statement => !Operands.All(statement).Any(s => s is Continue));

    private LoopStep? FindStep(string key)
    {
        Assign[] found = [.. Always(_loop.Body).Concat(_loop.Step.Statements).OfType<Assign>().Where(a => Facts.Key(a.Target) == key)];
        return found.Length == 1 && !IsWrittenBeside(key, found[0]) ? Change(found[0].Value, key) : null;
    }

    /// <summary>Whether anything but one statement may write a place.</summary>
    private bool IsWrittenBeside(string key, Statement but) =>
        Operands.All(_loop).Any(s => !ReferenceEquals(s, but) && _facts.Written(s).Touch(key));

    private static LoopStep? Change(Expression value, string key)
    {
        List<ScalarType> through = [];
        if (Unconverted(value, through) is not Binary { Left: var left, Right: var right } change || !change.Type.IsInteger() || !IsItself(left, key, through))
            return null;
        through.Add(change.Type);
        if (change.Operator == BinaryOperator.And)
            return IsOneLess(right, key, through) ? new(0, 1, through) : null;
        if (right is not Constant constant)
            return null;
        BigInteger by = IntegerRange.Of(constant).Min;
        return change.Operator switch
        {
            BinaryOperator.Add => new(by, 0, through),
            BinaryOperator.Subtract => new(-by, 0, through),
            BinaryOperator.ShiftRight when by > 0 && by < 8 * change.Type.Size() => new(0, (int)by, through),
            BinaryOperator.Divide when by > 1 => new(0, Width(by) - 1, through),
            _ => null,
        };
    }

    /// <summary>What an expression converts from integer to integer: b += 1 of a byte is b = (byte)(b + 1).</summary>
    internal static Expression Unconverted(Expression e, List<ScalarType> through)
    {
        while (e is Conversion { Operand: { } inner } && e.Type.IsInteger() && inner.Type.IsInteger())
        {
            through.Add(e.Type);
            e = inner;
        }

        return e;
    }

    internal static bool IsItself(Expression e, string key, List<ScalarType> through) => Unconverted(e, through) is Read read && Facts.Key(read.Place) == key;

    private static bool IsOneLess(Expression e, string key, List<ScalarType> through)
    {
        if (Unconverted(e, through) is not Binary { Operator: BinaryOperator.Subtract, Right: Constant { Bits: 1 } } less)
            return false;
        through.Add(less.Type);
        return IsItself(less.Left, key, through);
    }
}
