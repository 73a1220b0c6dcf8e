using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>Goes through statements that can be reached, each with what is known where it stands, and how often it is done at the most.</summary>
internal abstract class FactsWalk
{
    /// <summary>Goes through a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="facts">What is known before it; then, behind it.</param>
    /// <param name="times">How often it is done at the most; null where that is not known.</param>
    public void Within(Block block, Facts facts, BigInteger? times)
    {
        foreach (Statement statement in block.Statements)
        {
            if (facts.IsUnreachable)
                return;
            Past(statement, facts, times);
        }

        facts.Leave(block);
    }

    /// <summary>The most turns of a loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="before">What is known before it.</param>
    /// <returns>Null where it is not known.</returns>
    public static BigInteger? Turns(Loop loop, Facts before)
    {
        BigInteger[] turns = [.. LoopCounter.Of(loop, before).Select(c => c.Turns)];
        if (before.Form(loop).Bound is { } bound)
            return turns.Append(bound).Min();
        return turns.Length > 0 ? turns.Min() : null;
    }

    /// <summary>Sees a statement that none lies within.</summary>
    protected abstract void See(Statement statement, Facts facts, BigInteger? times);

    private void Past(Statement statement, Facts facts, BigInteger? times)
    {
        switch (statement)
        {
            case Block s:
                Within(s, facts, times);
                return;
            case If s:
                Facts whenTrue = facts.Branch(s.Test, true), whenFalse = facts.Branch(s.Test, false);
                Within(s.WhenTrue, whenTrue, times);
                Within(s.WhenFalse, whenFalse, times);
                facts.Meet(whenTrue, whenFalse);
                return;
            case Switch s:
                for (int i = 0; i < s.Sections.Count; i++)
                    Within(s.Sections[i].Body, facts.Section(s, i), times);
                break;
            case Loop s:
                BigInteger? turns = Turns(s, facts) * times;
                IReadOnlyDictionary<string, IntegerRange> values = facts.Throughout(s);
                Within(s.Body, facts.Turn(s, values), turns);
                Within(s.Step, facts.Step(s, values), turns);
                facts.Pass(s, values);
                return;
            default:
                See(statement, facts, times);
                break;
        }

        facts.Pass(statement);
    }
}
