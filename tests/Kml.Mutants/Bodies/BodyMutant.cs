using System.Collections.Generic;
using System.Linq;

namespace Kml.Mutants.Bodies;

/// <summary>A rule, applied in bodies wherever it fits.</summary>
/// <param name="Family">What the rule is about.</param>
/// <param name="Rule">The rule; null changes nothing.</param>
/// <param name="Fitting">The bodies that it fits, in the order in which they are tried.</param>
internal sealed record BodyMutant(string Family, string? Rule, IReadOnlyList<SetBody> Fitting)
{
    /// <summary>The mutants of a set of bodies.</summary>
    /// <param name="set">The bodies.</param>
    /// <returns>The mutants.</returns>
    public static IReadOnlyList<BodyMutant> Of(IReadOnlyList<SetBody> set)
    {
        Dictionary<string, (string Family, List<(int Length, SetBody Body)> Fitting)> rules = [];
        foreach (SetBody body in set)
        {
            int length = body.Functions(null, "body").Sum(f => f.Length);
            foreach ((string rule, string family) in body.Fitting())
            {
                if (!rules.TryGetValue(rule, out (string Family, List<(int Length, SetBody Body)> Fitting) of))
                    rules.Add(rule, of = (family, []));
                of.Fitting.Add((length, body));
            }
        }

        return [.. rules.Select(r => new BodyMutant(r.Value.Family, r.Key, Spread([.. r.Value.Fitting.OrderBy(f => f.Length).Select(f => f.Body)])))];
    }

    // Short ones first, for they are done soonest, but not the shortest alone: these are all alike.
    private static SetBody[] Spread(SetBody[] shortestFirst)
    {
        int[] first = [0, shortestFirst.Length / 8, shortestFirst.Length / 4, shortestFirst.Length / 2];
        return [.. first.Distinct().Concat(Enumerable.Range(0, shortestFirst.Length).Except(first)).Select(i => shortestFirst[i])];
    }
}
