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
        foreach ((Expression test, bool holds, bool isFirst) in before.Form(loop).Tests)
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

    private static LoopCounter? Counter(
        Loop loop, bool isFirst, Facts before, Facts within, Expression operand, BinaryOperator relation, Expression limit)
    {
        if (within.Narrowest(operand) is not Read { Type: var type, Place: var place } || Facts.Key(place) is not { } key || !Facts.IsWhole(type))
            return null;
        if (before.Form(loop).Step(key) is not { } step)
            return null;
        IntegerRange start = before.Of(new Read(type, place)), end = within.Of(limit);

        // Without a test before it, the first turn moves whatever the variable begins with; and the last turn may be one that a test within it ends.
        if (Course(start, step, relation, end, isFirst ? 0 : 1) is not var (values, turns))
            return null;
        return step.Through.Append(type).All(t => IntegerRange.Of(t).Holds(values)) ? new(key, values, BigInteger.Max(turns, 1)) : null;
    }

    /// <summary>The values that a counter takes, as if nothing wrapped, and the most turns that it allows.</summary>
    private static (IntegerRange Values, BigInteger Turns)? Course(IntegerRange start, LoopStep step, BinaryOperator relation, IntegerRange end, int extra)
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
                return (new(0, start.Max), (LoopForm.Width(start.Max) / step.Bits) + 1 + extra);
            default:
                return null;
        }
    }

    private static bool IsZero(IntegerRange range) => range.IsExact && range.Min.IsZero;

    private static BigInteger Count(BigInteger first, BigInteger last, BigInteger by) => last < first ? 1 : ((last - first) / by) + 1;
}
