using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Programs.Trial;

namespace Kml.Programs;

/// <summary>What was seen of some programs.</summary>
internal sealed class Tally
{
    private readonly Dictionary<(BodyRole Role, int Fault), int> _runs = [];

    /// <summary>The programs.</summary>
    public int Programs { get; private set; }

    /// <summary>What they ran on.</summary>
    public int Inputs { get; private set; }

    /// <summary>What differed.</summary>
    public List<Difference> Differences { get; } = [];

    /// <summary>How often .NET ended with a fault, by the role of the program.</summary>
    public IReadOnlyDictionary<(BodyRole Role, int Fault), int> Runs => _runs;

    /// <summary>How many of the runs .NET took to their end.</summary>
    public int Ended => _runs.Where(r => r.Key.Fault == Faults.None).Sum(r => r.Value);

    /// <summary>How many roles the programs have.</summary>
    public int Roles => _runs.Keys.Select(k => k.Role).Distinct().Count();

    /// <summary>What was not tried, as something on the way did not take it.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Counts what .NET did.</summary>
    /// <param name="runs">Some runs.</param>
    public void Add(IReadOnlyList<ProgramRun> runs)
    {
        Programs += runs.Select(r => r.Program).Distinct().Count();
        Inputs += runs.Count;
        foreach (ProgramRun run in runs)
            Count((run.Program.Role, run.Expected.Fault), 1);
    }

    /// <summary>Adds what was seen of others.</summary>
    /// <param name="other">The others.</param>
    public void Add(Tally other)
    {
        Programs += other.Programs;
        Inputs += other.Inputs;
        Differences.AddRange(other.Differences);
        Refused.AddRange(other.Refused);
        foreach (((BodyRole, int) key, int count) in other._runs)
            Count(key, count);
    }

    /// <summary>How many programs differed, and files that were refused.</summary>
    public int Failed => Differences.Select(f => f.Program).Distinct().Count() + Refused.Count;

    private void Count((BodyRole Role, int Fault) key, int count) => _runs[key] = _runs.GetValueOrDefault(key) + count;
}
