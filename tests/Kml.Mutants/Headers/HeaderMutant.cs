using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Mutants.Headers;

/// <summary>A header in which one function has one change.</summary>
/// <param name="Function">The function.</param>
/// <param name="Rule">The change.</param>
/// <param name="Id">The mutant's name.</param>
/// <param name="Text">The function's text with the change.</param>
internal sealed record HeaderMutant(HeaderFunction Function, string Rule, string Id, string Text)
{
    /// <summary>All mutants; but for the function that only writes a number several times, as the lanes of a vector ask for.</summary>
    public static IReadOnlyList<HeaderMutant> All { get; } =
        [.. HeaderFunction.All.Where(f => !f.Text.Contains("\n#if", StringComparison.Ordinal)).SelectMany(Of)];

    /// <summary>The functions that no other calls, each without a change: with what they call, they are all of the headers.</summary>
    public static IReadOnlyList<HeaderMutant> Unchanged { get; } =
        [.. HeaderFunction.All.Where(f => f.Callers().Count == 1).Select(f => new HeaderMutant(f, "", f.Name, f.Text))];

    private static IEnumerable<HeaderMutant> Of(HeaderFunction function)
    {
        Dictionary<string, int> counts = [];
        HashSet<string> texts = [function.Text];
        foreach (Change change in TextRules.Of(function.Text))
        {
            string text = function.Text[..change.At] + change.By + function.Text[(change.At + change.Length)..];
            int count = counts[change.Rule] = counts.GetValueOrDefault(change.Rule) + 1;
            if (texts.Add(text))
                yield return new(function, change.Rule, $"{function.Name}: {change.Rule}{(count > 1 ? $" #{count}" : "")}", text);
        }
    }
}
