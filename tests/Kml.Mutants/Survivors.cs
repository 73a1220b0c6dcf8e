using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Kml.Mutants;

/// <summary>The mutants that live, each with the reason: a line a pattern of names, in which <c>*</c> is anything, a tab, and why.</summary>
internal sealed class Survivors
{
    private readonly (string Pattern, Regex Names, string Reason)[] _rows;

    /// <summary>Reads the list.</summary>
    /// <param name="path">The file.</param>
    public Survivors(string path)
    {
        _rows =
        [
            .. from line in File.ReadLines(path)
               where line.Length > 0 && line[0] != '#'
               let cells = line.Split('\t')
               select (cells[0], new Regex($"^{Regex.Escape(cells[0]).Replace("\\*", ".*", StringComparison.Ordinal)}$"), cells[1]),
        ];
    }

    /// <summary>Why a mutant lives.</summary>
    /// <param name="mutant">Its name.</param>
    /// <returns>The reason; null if none is known.</returns>
    public string? Reason(string mutant) => _rows.FirstOrDefault(r => r.Names.IsMatch(mutant)).Reason;

    /// <summary>What the list says that is not so.</summary>
    /// <param name="verdicts">What became of all mutants.</param>
    /// <returns>A line for each.</returns>
    public IEnumerable<string> Stale(IReadOnlyList<Verdict> verdicts)
    {
        foreach ((string pattern, Regex names, _) in _rows)
        {
            Verdict[] meant = [.. verdicts.Where(v => names.IsMatch(v.Id))];
            if (meant.Length == 0)
                yield return $"{pattern}: no such mutant";
            foreach (Verdict killed in meant.Where(v => v.Killed is not null))
                yield return $"{pattern}: {killed.Id} {killed.Killed}";
        }
    }
}
