using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.Runtime;

/// <summary>What a module's counters held when they were read, on all CPUs together; or what they counted between two readings.</summary>
public sealed class CounterValues
{
    private readonly IReadOnlyDictionary<CounterInfo, ulong> _values;

    internal CounterValues(IEnumerable<KeyValuePair<CounterInfo, ulong>> values) => _values = values.ToDictionary();

    /// <summary>A counter's value.</summary>
    /// <param name="counter">A row of <see cref="CounterCatalog"/>, of a group that was read.</param>
    /// <exception cref="KeyNotFoundException">It was not read.</exception>
    public ulong this[CounterInfo counter] => _values[counter];

    /// <summary>The values by their counters' words, as a file can hold them.</summary>
    public IReadOnlyDictionary<string, ulong> ByWord => _values.ToDictionary(v => v.Key.Word, v => v.Value);

    /// <summary>By how much a group's identity is off: 0 while the disks are idle, unless the account is wrong.</summary>
    /// <param name="group">A group that was read, with an identity.</param>
    /// <returns>The whole less the parts.</returns>
    /// <exception cref="ArgumentException">It has no identity.</exception>
    /// <exception cref="KeyNotFoundException">It was not read.</exception>
    public long Off(CounterGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        CounterInfo whole = group.Whole ?? throw new ArgumentException($"The group '{group.Word}' has no identity.", nameof(group));
        return unchecked((long)group.Parts.Aggregate(this[whole], (rest, part) => rest - this[part]));
    }

    /// <summary>The verdicts of one engine.</summary>
    /// <param name="format">Float or integer.</param>
    /// <returns>The counts.</returns>
    public VerdictCounts Verdicts(PredictionFormat format)
    {
        CounterInfo engine = format switch
        {
            PredictionFormat.Float => CounterCatalog.Float,
            PredictionFormat.Integer => CounterCatalog.Integer,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Only the float and the integer engine give verdicts."),
        };
        ulong At(string cell) => this[CounterCatalog.Accuracy.Counters.Single(c => c.Word == $"{engine.Word}_{cell}")];
        return new VerdictCounts(At("true_negative"), At("false_negative"), At("false_positive"), At("true_positive"));
    }

    /// <summary>Takes values back from where <see cref="ByWord"/> was put.</summary>
    /// <param name="byWord">The values; what is no counter of this version is left out.</param>
    /// <returns>The values.</returns>
    public static CounterValues Of(IReadOnlyDictionary<string, ulong> byWord) => new(
        from c in CounterCatalog.Groups.SelectMany(g => g.Counters)
        where byWord.ContainsKey(c.Word)
        select KeyValuePair.Create(c, byWord[c.Word]));

    /// <summary>What was counted since an earlier reading; of a gauge, by how much it rose, wrapped.</summary>
    /// <param name="earlier">The earlier reading, of the same groups.</param>
    /// <returns>The differences.</returns>
    public CounterValues Since(CounterValues earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new(_values.Select(v => KeyValuePair.Create(v.Key, unchecked(v.Value - earlier[v.Key]))));
    }

    /// <summary>The counters of a group as <c>queued 100, labelled 90, ...</c>.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The text.</returns>
    public string Text(CounterGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return string.Join(", ", group.Counters.Select(c => FormattableString.Invariant($"{c.Word} {this[c]}")));
    }
}
