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
    /// <summary>Loops nested deeper than this are not looked into: each is walked through again for every one around it.</summary>
    private const int Deepest = 4;

    /// <summary>Finds what the variables of a loop hold while it is done, and when it ends.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="before">What is known before it.</param>
    /// <param name="counted">The values of its counters.</param>
    /// <returns>The values of each variable of which something is found, by its name.</returns>
    public static IEnumerable<KeyValuePair<string, IntegerRange>> Of(Loop loop, Facts before, IReadOnlyDictionary<string, IntegerRange> counted)
    {
        LoopForm form = before.Form(loop);
        HashSet<string> open = [.. form.Assigned.Where(n => !counted.ContainsKey(n))];
        if (open.Count == 0 || form.Depth > Deepest || FactsWalk.Turns(loop, before) is not { } turns)
            return [];

        Walk walk = new(open, before);
        walk.Within(loop.Body, before.Turn(loop, counted), turns);
        walk.Within(loop.Step, before.Step(loop, counted), turns);
        return walk.Found();
    }

    private sealed class Walk(HashSet<string> open, Facts before) : FactsWalk
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

        protected override void See(Statement statement, Facts facts, BigInteger? times)
        {
            if (statement is not Assign { Target: VariablePlace { Name: var name }, Value: var value } || !open.Contains(name))
                return;
            if (!_totals.TryGetValue(name, out LoopTotal? total))
                _totals.Add(name, total = new(name, value.Type, before));
            total.Add(value, facts, times);
        }
    }
}
