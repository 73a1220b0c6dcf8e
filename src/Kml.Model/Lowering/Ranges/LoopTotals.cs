using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>
/// What the turns of a loop make of its other variables: those that sum up, such as a count of what was found, and those that are given what does not
/// depend on them, such as the best so far. How often the loop turns, and what its counters hold, is known first.
/// </summary>
internal static class LoopTotals
{
    /// <summary>Loops nested deeper than this are not looked into: each level doubles the work.</summary>
    private const int Deepest = 4;

    /// <summary>Finds what the variables of a loop hold while it is done, and when it ends.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="before">What is known before it.</param>
    /// <param name="counters">Its counters.</param>
    /// <param name="counted">The values of these.</param>
    /// <returns>The values of each variable of which something is found, by its name.</returns>
    public static IEnumerable<KeyValuePair<string, IntegerRange>> Of(
        Loop loop, Facts before, IReadOnlyList<LoopCounter> counters, IReadOnlyDictionary<string, IntegerRange> counted)
    {
        IEnumerable<VariablePlace> assigned = Operands.All(loop).OfType<Assign>().Select(a => a.Target).OfType<VariablePlace>();
        HashSet<string> open = [.. assigned.Select(v => v.Name).Distinct().Where(n => !counted.ContainsKey(n) && before.IsOnlyAssigned(loop, n))];
        if (open.Count == 0 || Depth(loop) > Deepest || Turns(loop, counters) is not { } turns)
            return [];

        Walk walk = new(open, before);
        walk.Within(loop.Body, before.Turn(loop, counted), turns);
        walk.Within(loop.Step, before.Step(loop, counted), turns);
        return walk.Found();
    }

    private static int Depth(Statement statement) =>
        Operands.Within(statement).Select(Depth).DefaultIfEmpty(0).Max() + (statement is Loop ? 1 : 0);

    private static BigInteger? Turns(Loop loop, IReadOnlyList<LoopCounter> counters)
    {
        BigInteger[] turns = [.. counters.Select(c => c.Turns)];
        if (loop.Bound is { } bound)
            return turns.Append(bound).Min();
        return turns.Length > 0 ? turns.Min() : null;
    }

    /// <summary>Sees each statement of a loop with what is known where it stands, and how often it is done at the most.</summary>
    private sealed class Walk(HashSet<string> open, Facts before)
    {
        private readonly Dictionary<string, LoopTotal> _totals = [];

        public IEnumerable<KeyValuePair<string, IntegerRange>> Found()
        {
            foreach (KeyValuePair<string, LoopTotal> total in _totals)
            {
                if (total.Value.Values is { } values)
                    yield return new(total.Key, values);
            }
        }

        public void Within(Block block, Facts facts, BigInteger? times)
        {
            foreach (Statement statement in block.Statements)
            {
                if (facts.IsUnreachable)
                    return;
                See(statement, facts, times);
                facts.Pass(statement);
            }
        }

        private void See(Statement statement, Facts facts, BigInteger? times)
        {
            switch (statement)
            {
                case Assign { Target: VariablePlace { Name: var name } } s when open.Contains(name):
                    if (!_totals.TryGetValue(name, out LoopTotal? total))
                        _totals.Add(name, total = new(name, s.Value.Type, before));
                    total.Add(s.Value, facts, times);
                    break;
                case Block s:
                    Within(s, facts.Branch(), times);
                    break;
                case If s:
                    Within(s.WhenTrue, facts.Branch(s.Test, true), times);
                    Within(s.WhenFalse, facts.Branch(s.Test, false), times);
                    break;
                case Switch s:
                    for (int i = 0; i < s.Sections.Count; i++)
                        Within(s.Sections[i].Body, facts.Section(s, i), times);
                    break;
                case Loop s:
                    BigInteger? turns = Turns(s, [.. LoopCounter.Of(s, facts)]) * times;
                    Within(s.Body, facts.Turn(s), turns);
                    Within(s.Step, facts.Step(s), turns);
                    break;
            }
        }
    }
}
