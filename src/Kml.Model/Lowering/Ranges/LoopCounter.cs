using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>
/// A variable that each turn of a loop moves towards where the loop's test no longer holds: it rises or falls by a constant, or loses bits.
/// Such a loop ends, and after how many turns at the latest is known before it begins.
/// </summary>
internal sealed class LoopCounter
{
    private LoopCounter(string key, IntegerRange values, BigInteger turns)
    {
        Key = key;
        Values = values;
        Turns = turns;
    }

    /// <summary>The variable, as <see cref="Facts.Key"/> names it.</summary>
    public string Key { get; }

    /// <summary>The values that it has while the loop is done, and when it ends.</summary>
    public IntegerRange Values { get; }

    /// <summary>The most turns that the loop takes.</summary>
    public BigInteger Turns { get; }

    /// <summary>Finds the counters of a loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="before">What is known before it.</param>
    /// <returns>The counters; none if nothing shows that the loop ends.</returns>
    public static IEnumerable<LoopCounter> Of(Loop loop, Facts before)
    {
        Facts within = before.Branch();
        within.ForgetWritten(loop);
        foreach ((Expression test, bool holds, bool isFirst) in Tests(loop))
        {
            if (within.Narrowest(test) is not Binary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } relation)
                continue;
            BinaryOperator op = holds ? relation.Operator : Facts.Opposite(relation.Operator);
            if (Counter(loop, isFirst, before, within, relation.Left, op, relation.Right) is { } left)
                yield return left;
            if (Counter(loop, isFirst, before, within, relation.Right, Facts.Mirrored(op), relation.Left) is { } right)
                yield return right;
        }
    }

    /// <summary>What holds in every turn that is not the last, with how it must come out, and whether that is so before the first is begun.</summary>
    private static IEnumerable<(Expression Test, bool Holds, bool IsFirst)> Tests(Loop loop)
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

    private static LoopCounter? Counter(
        Loop loop, bool isFirst, Facts before, Facts within, Expression operand, BinaryOperator relation, Expression limit)
    {
        if (within.Narrowest(operand) is not Read { Type: var type, Place: var place } || Facts.Key(place) is not { } key || !Facts.IsWhole(type))
            return null;
        if (Step(loop, before, place, key) is not { } step)
            return null;
        IntegerRange start = before.Of(new Read(type, place)), end = within.Of(limit);

        // Without a test before it, the first turn moves whatever the variable begins with; and the last turn may be one that a test within it ends.
        if (Course(start, step, relation, end, isFirst ? 0 : 1) is not var (values, turns))
            return null;
        return step.Through.Append(type).All(t => IntegerRange.Of(t).Holds(values)) ? new(key, values, BigInteger.Max(turns, 1)) : null;
    }

    /// <summary>The values that a counter takes, as if nothing wrapped, and the most turns that it allows.</summary>
    private static (IntegerRange Values, BigInteger Turns)? Course(IntegerRange start, Move step, BinaryOperator relation, IntegerRange end, int extra)
    {
        switch (relation)
        {
            case BinaryOperator.Less or BinaryOperator.LessOrEqual when step.By.Sign > 0:
                BigInteger last = relation == BinaryOperator.Less ? end.Max - 1 : end.Max;
                BigInteger top = BigInteger.Max(start.Max + (extra * step.By), last + step.By);
                return (new(start.Min, top), Count(start.Min, last, step.By) + extra);
            case BinaryOperator.NotEqual when step.By == 1 && end.IsExact && start.Max <= end.Min - extra:
                return (new(start.Min, end.Max), Count(start.Min, end.Max - 1, 1) + extra);
            case BinaryOperator.Greater or BinaryOperator.GreaterOrEqual when step.By.Sign < 0:
                BigInteger least = relation == BinaryOperator.Greater ? end.Min + 1 : end.Min;
                BigInteger bottom = BigInteger.Min(start.Min + (extra * step.By), least + step.By);
                return (new(bottom, start.Max), Count(least, start.Max, -step.By) + extra);
            case BinaryOperator.NotEqual when step.By == -1 && IsZero(end) && start.Min >= extra:
                return (new(0, start.Max), start.Max + extra);
            case BinaryOperator.NotEqual or BinaryOperator.Greater when step.Bits > 0 && IsZero(end) && start.Min >= 0:
                return (new(0, start.Max), (Width(start.Max) / step.Bits) + 1 + extra);
            default:
                return null;
        }
    }

    private static bool IsZero(IntegerRange range) => range.IsExact && range.Min.IsZero;

    private static BigInteger Count(BigInteger first, BigInteger last, BigInteger by) => last < first ? 1 : ((last - first) / by) + 1;

    private static int Width(BigInteger value)
    {
        int width = 0;
        for (; value > 0; value >>= 1)
            width++;
        return width;
    }

    /// <summary>How a turn changes a place.</summary>
    /// <returns>Null where it is not changed once in every turn, or in another way.</returns>
    private static Move? Step(Loop loop, Facts before, Place place, string key)
    {
        Assign[] found = [.. Always(loop.Body).Concat(loop.Step.Statements).OfType<Assign>().Where(a => Facts.Key(a.Target) == key)];
        return found.Length == 1 && !before.IsWrittenBeside(loop, place, found[0]) ? Change(found[0].Value, key) : null;
    }

    private static Move? Change(Expression value, string key)
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

    /// <summary>How a turn changes a counter.</summary>
    /// <param name="By">What it adds.</param>
    /// <param name="Bits">How many bits the counter loses at least; then nothing is added.</param>
    /// <param name="Through">The types in which that is computed: none may be too small for a value that the counter takes.</param>
    private sealed record Move(BigInteger By, int Bits, IReadOnlyList<ScalarType> Through);
}
