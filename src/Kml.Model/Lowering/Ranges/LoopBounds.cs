using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>Finds how many turns the loops of a body take at the most.</summary>
public static class LoopBounds
{
    /// <summary>The most turns that any loop may take: more is no work for a probe.</summary>
    public const int Most = 65536;

    /// <summary>Proves what can be proved.</summary>
    /// <param name="method">The method.</param>
    /// <param name="functions">The functions that it calls.</param>
    /// <param name="unproven">
    /// Receives the loops that still have no bound, each by its position among all loops of the method in the order in which they begin.
    /// </param>
    /// <returns>The method, with the bound of each loop of which it was found.</returns>
    public static Method Prove(Method method, ModelFunctions functions, ICollection<int> unproven)
    {
        Walk walk = new(unproven);

        // A method states its bound of all its loops: where one is found to end, nobody counts its turns, and nothing may follow from what was stated.
        return method with { Body = walk.Within(method.Body, new Facts(method, functions, areCounted: false)) };
    }

    private sealed class Walk(ICollection<int> unproven)
    {
        private int _loops;

        public Block Within(Block block, Facts facts)
        {
            Block result = new(block.Statements.Select(s => Past(s, facts)).ToEquatableArray());
            facts.Leave(block);
            return result;
        }

        private Statement Past(Statement statement, Facts facts)
        {
            switch (statement)
            {
                case Block s:
                    return Within(s, facts);
                case If s:
                    Facts whenTrue = facts.Branch(s.Test, true), whenFalse = facts.Branch(s.Test, false);
                    If result = new(s.Test, Within(s.WhenTrue, whenTrue), Within(s.WhenFalse, whenFalse));
                    facts.Meet(whenTrue, whenFalse);
                    return result;
                case Switch s:
                    Switch choice = s with { Sections = s.Sections.Select((c, i) => c with { Body = Within(c.Body, facts.Section(s, i)) }).ToEquatableArray() };
                    facts.Pass(s);
                    return choice;
                case Loop s:
                    return Bounded(s, facts);
                default:
                    facts.Pass(statement);
                    return statement;
            }
        }

        private Loop Bounded(Loop loop, Facts facts)
        {
            int at = _loops++;
            int? bound = loop.Bound;
            BigInteger[] turns = [.. LoopCounter.Of(loop, facts).Select(c => c.Turns).Where(t => t <= Most)];
            if (turns.Length > 0)
                bound = (int)turns.Min();
            if (bound is null)
                unproven.Add(at);
            IReadOnlyDictionary<string, IntegerRange> values = facts.Throughout(loop);
            Block body = Within(loop.Body, facts.Turn(loop, values)), step = Within(loop.Step, facts.Step(loop, values));
            facts.Pass(loop, values);
            return loop with { Body = body, Step = step, Bound = bound, IsStated = turns.Length == 0 && loop.IsStated };
        }
    }
}
