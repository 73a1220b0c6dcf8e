using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Adapting;

namespace Kml.Training.Tests.Adapting;

/// <summary>ADWIN as the paper's text has it: every value is kept, buckets are lists, and every mean and variance is computed anew.</summary>
internal sealed class NaiveWindow(double risk, int lookEvery)
{
    // Newest bucket last; sizes never rise from old to new.
    private readonly List<List<(double Value, double Weight)>> _buckets = [];
    private int _added;

    internal IReadOnlyList<(double Value, double Weight)> Values => [.. _buckets.SelectMany(b => b)];

    /// <summary>Takes a value; returns whether the window was cut.</summary>
    internal bool Add(double value, double weight)
    {
        _buckets.Add([(value, weight)]);
        for (int size = 1; _buckets.Count(b => b.Count == size) > AdaptiveWindow.BucketsPerSize; size *= 2)
        {
            int oldest = _buckets.FindIndex(b => b.Count == size);
            _buckets[oldest].AddRange(_buckets[oldest + 1]);
            _buckets.RemoveAt(oldest + 1);
        }

        if (++_added % lookEvery != 0)
            return false;
        bool cut = false;
        while (Borders().Any(border => Differ(Values, border, risk)))
        {
            _buckets.RemoveAt(0);
            cut = true;
        }

        return cut;
    }

    internal static double Mean(IReadOnlyCollection<(double Value, double Weight)> values) =>
        values.Sum(v => v.Value * v.Weight) / values.Sum(v => v.Weight);

    internal static double Variance(IReadOnlyCollection<(double Value, double Weight)> values)
    {
        double mean = Mean(values);
        return values.Sum(v => v.Weight * (v.Value - mean) * (v.Value - mean)) / values.Sum(v => v.Weight);
    }

    private static double Size(IReadOnlyCollection<(double Value, double Weight)> values) =>
        Math.Pow(values.Sum(v => v.Weight), 2) / values.Sum(v => v.Weight * v.Weight);

    private static bool Differ(IReadOnlyList<(double Value, double Weight)> values, int border, double risk)
    {
        (double, double)[] older = [.. values.Take(border)], newer = [.. values.Skip(border)];
        double parts = (1 / Size(older)) + (1 / Size(newer)), log = Math.Log(2 * Math.Max(1, Math.Log(Size(values))) / risk);
        double bound = Math.Sqrt(2 * parts * Variance(values) * log) + (2.0 / 3 * parts * log);
        return Math.Abs(Mean(older) - Mean(newer)) > bound;
    }

    private IEnumerable<int> Borders()
    {
        int border = 0;
        foreach (List<(double, double)> bucket in _buckets.SkipLast(1))
            yield return border += bucket.Count;
    }
}
