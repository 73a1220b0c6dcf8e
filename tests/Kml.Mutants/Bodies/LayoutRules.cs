using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Kml.Mutants.Bodies;

/// <summary>The mutations of printed functions: braces that C needs, left out.</summary>
internal static partial class LayoutRules
{
    /// <summary>The family of these rules.</summary>
    public const string Family = "braces";

    /// <summary>The rules that fit a function.</summary>
    /// <param name="text">The function.</param>
    /// <returns>The rules.</returns>
    public static IEnumerable<string> Fitting(string text) => Head().Matches(text).Select(m => Rule(m.Groups[2].Value)).Distinct();

    /// <summary>Applies a rule.</summary>
    /// <param name="text">The function.</param>
    /// <param name="rule">The rule; another than one of these changes nothing.</param>
    /// <returns>The function.</returns>
    public static string Apply(string text, string? rule)
    {
        List<string> lines = [.. text.Split('\n')];
        for (int i = 0; i < lines.Count; i++)
        {
            Match head = Head().Match(lines[i]);
            if (!head.Success || Rule(head.Groups[2].Value) != rule)
                continue;
            string end = head.Groups[1].Value + "}";
            int last = lines.FindIndex(i + 1, l => l.StartsWith(end, StringComparison.Ordinal));
            if (lines[last] != end)
                continue;
            lines.RemoveAt(last);
            lines[i] = lines[i][..^2];
        }

        return string.Join('\n', lines);
    }

    private static string Rule(string word) => $"braces of {word.TrimStart('}', ' ')} left out";

    [GeneratedRegex(@"^(\t+)(if|for|while|\} else) ?(?:\(.*\) )?\{$", RegexOptions.Multiline)]
    private static partial Regex Head();
}
