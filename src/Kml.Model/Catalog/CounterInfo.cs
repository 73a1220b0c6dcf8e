using System.Linq;

namespace Kml.Model;

/// <summary>
/// A counter of the module: the row from which the C name, the file below sysfs, the C# value, its row in <c>kml status</c> and in the documentation follow.
/// </summary>
/// <param name="Word">Its file's name: <c>table_full</c>. No two counters have one name.</param>
/// <param name="Meaning">What it counts, for people; without a full stop.</param>
/// <param name="IsGauge">Whether it can fall. What is looked up when it is read is not all of that kind: <c>consumed</c> is, and only grows.</param>
public sealed record CounterInfo(string Word, string Meaning, bool IsGauge = false)
{
    /// <summary>The end of its name in C, <c>KML_COUNT_TABLE_FULL</c>.</summary>
    public string Symbol { get; } = Word.ToUpperInvariant();
}

/// <summary>Counters of one concern: a folder below <c>/sys/class/misc/kml-&lt;model&gt;/</c>.</summary>
/// <param name="Word">The folder's name.</param>
/// <param name="Title">What is counted there, for people.</param>
/// <param name="Counters">The counters, in order.</param>
/// <param name="Unit">What one count is, in the plural.</param>
/// <param name="Parts">
/// Of a group with an identity: the counters that add up to its first, in the order in which they are written. Exact whenever no probe runs.
/// </param>
public sealed record CounterGroup(string Word, string Title, string Unit, EquatableArray<CounterInfo> Counters, EquatableArray<CounterInfo> Parts = default)
{
    /// <summary>What the parts add up to; null for a group without an identity.</summary>
    public CounterInfo? Whole => Parts.Count == 0 ? null : Counters[0];

    /// <summary>The identity as <c>queued = labelled + merged + ...</c>; empty for a group without one.</summary>
    public string Identity => Parts.Count == 0 ? "" : $"{Whole!.Word} = {string.Join(" + ", Parts.Select(p => p.Word))}";
}
