using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training;

/// <summary>A table from a key of a row to the decision that has most of the weight of the training rows of that key.</summary>
internal sealed class Lookup
{
    private readonly Func<Dataset, int, long> _key;
    private readonly Dictionary<long, int> _table;
    private readonly int _otherwise;

    private Lookup(Func<Dataset, int, long> key, Dictionary<long, int> table, int otherwise)
    {
        _key = key;
        _table = table;
        _otherwise = otherwise;
    }

    /// <summary>Fits a table.</summary>
    /// <param name="train">The training rows, at least one that counts.</param>
    /// <param name="key">The key of a row.</param>
    /// <returns>The table; a key that no training row has gets the majority of all.</returns>
    internal static Lookup Fit(Dataset train, Func<Dataset, int, long> key)
    {
        int[] rows = [.. Enumerable.Range(0, train.Count).Where(row => train.LearningWeight(row) > 0)];
        return new Lookup(
            key,
            rows.GroupBy(row => key(train, row)).ToDictionary(g => g.Key, g => Majority(train, g)),
            Majority(train, rows));
    }

    /// <summary>The decision of a row: its verdict, else its class.</summary>
    /// <param name="rows">Rows of a model with a verdict or classes.</param>
    /// <param name="row">The row.</param>
    /// <returns>0 or 1, or the class.</returns>
    internal static int Decision(Dataset rows, int row) =>
        rows.HasVerdict ? rows.Verdict(row) ? 1 : 0 : (int)rows.LabelBits(row);

    /// <summary>The share of rows whose decision the table gives.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>0 to 1.</returns>
    internal double Accuracy(Dataset rows) =>
        Enumerable.Range(0, rows.Count).Count(row => _table.GetValueOrDefault(_key(rows, row), _otherwise) == Decision(rows, row)) / (double)rows.Count;

    private static int Majority(Dataset train, IEnumerable<int> rows) =>
        rows.AggregateBy(row => Decision(train, row), 0.0, (sum, row) => sum + train.LearningWeight(row)).OrderByDescending(c => c.Value).ThenBy(c => c.Key).First().Key;
}
