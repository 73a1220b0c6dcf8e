using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Kml.KmodGen.Tests.Bodies;

namespace Kml.Mutants.Bodies;

/// <summary>All mutants of bodies: a few bodies of each at first, and more of those that live.</summary>
internal static class BodyRun
{
    private const int Random = 200;
    private const int AtOnce = 12;

    /// <summary>With traps, and one function for all bodies that fills what they run on, which compiles sooner.</summary>
    public static readonly string[] Trapping = [.. BodyProgram.Trapping, "-DWITHIN=static"];

    private static readonly (int From, int Count, string[] Flavour)[] Rounds =
    [
        (0, 4, Trapping),
        (4, 16, Trapping),
        (20, 100, Trapping),
        (0, 100, BodyProgram.AsInTheKernel),
        (0, 20, [.. BodyProgram.AsInTheKernel, "-fno-early-inlining"]),
        (120, 2000, Trapping),
    ];

    /// <summary>Tries all.</summary>
    /// <param name="wanted">A word that must be in a rule; empty for all.</param>
    /// <param name="progress">Told of what was tried.</param>
    /// <returns>What became of each.</returns>
    public static IEnumerable<Verdict> All(string wanted, Action<string> progress)
    {
        IReadOnlyList<SetBody> set = BodySet.Of(Random);
        Unchanged(set, progress);
        List<BodyMutant> left = [.. BodyMutant.Of(set).Where(m => m.Rule!.Contains(wanted, StringComparison.Ordinal))];
        List<Verdict> verdicts = [];
        foreach ((int from, int count, string[] flavour) in Rounds)
        {
            BodyMutant[] now = [.. left.Where(m => m.Fitting.Count > from)];
            progress($"bodies: {now.Length} mutants, in {count} bodies each, {string.Join(' ', flavour)}");
            Sort(Tried(now, from, count, ["-w", .. flavour], progress));
        }

        progress($"bodies: {left.Count} mutants, warnings");
        Sort([.. left.AsParallel().Select(m => (m, BodyTrial.Warned(m)))]);
        return verdicts.Concat(left.Select(m => Of(m, null)));

        void Sort(IReadOnlyList<(BodyMutant Mutant, string? Killed)> tried)
        {
            foreach ((BodyMutant mutant, string? killed) in tried.Where(t => t.Killed is not null))
            {
                verdicts.Add(Of(mutant, killed));
                left.Remove(mutant);
            }
        }
    }

    private static Verdict Of(BodyMutant mutant, string? killed) => new("bodies", mutant.Family, "bodies: " + mutant.Rule, killed);

    private static void Unchanged(IReadOnlyList<SetBody> set, Action<string> progress)
    {
        BodyMutant[] parts = [.. set.Chunk(60).Select(c => new BodyMutant("", null, c))];
        if (Tried(parts, 0, 60, ["-w", .. Trapping], progress).Any(t => t.Killed is not null))
            throw new InvalidOperationException("Bodies in which nothing was changed do something else than the interpreter.");
    }

    private static List<(BodyMutant Mutant, string? Killed)> Tried(BodyMutant[] mutants, int from, int count, string[] flavour, Action<string> progress)
    {
        int begun = 0;
        ConcurrentBag<(BodyMutant, string?)> tried = [];
        int atOnce = Math.Max(1, AtOnce * 4 / count);
        Parallel.ForEach(
            mutants.Chunk(atOnce),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            some =>
            {
                progress($"  {Interlocked.Add(ref begun, some.Length)} of {mutants.Length}");
                foreach ((BodyMutant mutant, string? killed) in some.Zip(BodyTrial.Try(some, from, count, flavour)))
                    tried.Add((mutant, killed));
            });
        return [.. tried];
    }
}
