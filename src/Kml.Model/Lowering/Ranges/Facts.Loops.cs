using System.Collections.Generic;

namespace Kml.Model.Lowering.Ranges;

/// <content>What is known within a loop, whichever turn it is, and behind it.</content>
public sealed partial class Facts
{
    /// <summary>Finds what holds throughout a loop, from before it. It takes a walk through the loop, and those within it: find it once.</summary>
    /// <param name="loop">The loop.</param>
    /// <returns>The values that variables have while the loop is done, and when it ends, by their names.</returns>
    public IReadOnlyDictionary<string, IntegerRange> Throughout(Loop loop)
    {
        Dictionary<string, IntegerRange> values = [];
        foreach (LoopCounter counter in LoopCounter.Of(loop, this))
            values[counter.Key] = counter.Values;
        foreach (KeyValuePair<string, IntegerRange> total in LoopTotals.Of(loop, this, values))
            values[total.Key] = total.Value;
        return values;
    }

    /// <summary>Goes to where a loop's test is done, whichever turn comes next, from before the loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="values">What holds throughout it.</param>
    /// <returns>What is known where the test is evaluated.</returns>
    public Facts Test(Loop loop, IReadOnlyDictionary<string, IntegerRange> values)
    {
        Facts test = Branch();
        test.Enter(loop, values);
        return test;
    }

    /// <summary>Goes to the beginning of a turn of a loop, whichever turn it is, from before the loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="values">What holds throughout it.</param>
    /// <returns>What is known in its body.</returns>
    public Facts Turn(Loop loop, IReadOnlyDictionary<string, IntegerRange> values)
    {
        Facts turn = Test(loop, values);
        if (!loop.TestsLast)
            turn.Assume(loop.Test, true);
        return turn;
    }

    /// <summary>Goes to what a loop does after each turn, from before the loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="values">What holds throughout it.</param>
    /// <returns>What is known in its step.</returns>
    public Facts Step(Loop loop, IReadOnlyDictionary<string, IntegerRange> values)
    {
        Facts step = Turn(loop, values);
        step.ForgetWritten(loop.Body);
        foreach (KeyValuePair<string, IntegerRange> known in values)
            step.Learn(known.Key, known.Value);
        return step;
    }

    /// <summary>Goes past a loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="values">What holds throughout it.</param>
    public void Pass(Loop loop, IReadOnlyDictionary<string, IntegerRange> values)
    {
        bool leaves = Form(loop).Leaves;
        Enter(loop, values);
        if (!leaves)
            Assume(loop.Test, false);
        IsUnreachable |= !leaves && loop.Test is Constant { Bits: not 0 };
    }

    /// <summary>How a loop is made.</summary>
    internal LoopForm Form(Loop loop) => _fixed.Form(loop);

    private void Enter(Loop loop, IReadOnlyDictionary<string, IntegerRange> values)
    {
        ForgetWritten(loop);
        foreach (KeyValuePair<string, IntegerRange> known in values)
            _known[known.Key] = known.Value;
    }
}
