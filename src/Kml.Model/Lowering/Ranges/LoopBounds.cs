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
        return method with { Body = walk.Within(method.Body, new Facts(method, functions)) };
    }

    private sealed class Walk(ICollection<int> unproven)
    {
        private int _loops;

        public Block Within(Block block, Facts facts) => new(block.Statements.Select(s => Past(s, facts)).ToEquatableArray());

        private Statement Past(Statement statement, Facts facts)
        {
            Statement result = statement switch
            {
                Block s => Within(s, facts.Branch()),
                If s => new If(s.Test, Within(s.WhenTrue, facts.Branch(s.Test, true)), Within(s.WhenFalse, facts.Branch(s.Test, false))),
                Switch s => s with { Sections = s.Sections.Select((c, i) => c with { Body = Within(c.Body, facts.Section(s, i)) }).ToEquatableArray() },
                Loop s => Bounded(s, facts),
                _ => statement,
            };
            facts.Pass(statement);
            return result;
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
            Block body = Within(loop.Body, facts.Turn(loop)), step = Within(loop.Step, facts.Step(loop));
            return loop with { Body = body, Step = step, Bound = bound, IsStated = turns.Length == 0 && loop.IsStated };
        }
    }
}
