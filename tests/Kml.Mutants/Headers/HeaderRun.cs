using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Kml.Mutants.Headers;

/// <summary>All mutants of the headers.</summary>
internal static class HeaderRun
{
    private const int AtOnce = 40;

    /// <summary>Tries all.</summary>
    /// <param name="wanted">A word that must be in a name; empty for all.</param>
    /// <param name="progress">Told of what was tried.</param>
    /// <returns>What became of each.</returns>
    public static IEnumerable<Verdict> All(string wanted, Action<string> progress)
    {
        using HeaderTrial trial = new();
        if (trial.Try(HeaderMutant.Unchanged).Any(killed => killed is not null))
            throw new InvalidOperationException("Headers in which nothing was changed do something else than .NET.");
        HeaderMutant[] mutants = [.. HeaderMutant.All.Where(m => m.Id.Contains(wanted, StringComparison.Ordinal))];
        progress($"headers: {mutants.Length} mutants");
        int done = 0;
        return [.. mutants.Chunk(AtOnce).AsParallel().SelectMany(Some)];

        Verdict[] Some(HeaderMutant[] some)
        {
            Verdict[] verdicts = [.. some.Zip(trial.Try(some), (m, killed) => new Verdict("headers", m.Rule, m.Id, killed ?? trial.Warned(m)))];
            progress($"  {Interlocked.Add(ref done, some.Length)} of {mutants.Length}, {verdicts.Count(v => v.Killed is null)} of the last {some.Length} live");
            return verdicts;
        }
    }
}
