using System;
using System.Linq;
using System.Threading.Tasks;

namespace Kml.Programs;

/// <summary>Runs the programs of many seeds, on all processors.</summary>
internal static class Campaign
{
    /// <summary>Runs them.</summary>
    /// <param name="seed">The first seed.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="progress">Told of what was seen so far, after each seed.</param>
    /// <returns>What was seen.</returns>
    public static Tally Run(int seed, int seeds, Action<Tally>? progress = null)
    {
        Tally all = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Enumerable.Range(seed, seeds), options, one =>
        {
            Tally tally = ProgramSet.Run(one);
            lock (all)
            {
                all.Add(tally);
                progress?.Invoke(all);
            }
        });
        return all;
    }
}
