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
        LoopForm form = before.Form(loop);
        HashSet<string> open = [.. form.Assigned.Where(n => !counted.ContainsKey(n))];
        if (open.Count == 0 || form.Depth > Deepest || Turns(form, counters) is not { } turns)
            return [];

        Walk walk = new(open, before);
        walk.Within(loop.Body, before.Turn(loop, counted), turns);
        walk.Within(loop.Step, before.Step(loop, counted), turns);
        return walk.Found();
    }

    private static BigInteger? Turns(LoopForm form, IReadOnlyList<LoopCounter> counters)
    {
        BigInteger[] turns = [.. counters.Select(c => c.Turns)];
        if (form.Bound is { } bound)
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
                Past(statement, facts, times);
            }

            facts.Leave(block);
        }

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
                case Assign { Target: VariablePlace { Name: var name } } s when open.Contains(name):
                    if (!_totals.TryGetValue(name, out LoopTotal? total))
                        _totals.Add(name, total = new(name, s.Value.Type, before));
                    total.Add(s.Value, facts, times);
                    break;
                case Switch s:
                    for (int i = 0; i < s.Sections.Count; i++)
                        Within(s.Sections[i].Body, facts.Section(s, i), times);
                    break;
                case Loop s:
                    BigInteger? turns = Turns(facts.Form(s), [.. LoopCounter.Of(s, facts)]) * times;
                    Within(s.Body, facts.Turn(s), turns);
                    Within(s.Step, facts.Step(s), turns);
                    break;
            }

            facts.Pass(statement);
        }
    }
}
