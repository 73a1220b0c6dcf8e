using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Adapting;

/// <summary>The rank of a feature's value among reference values, 0 to 1, from a table of fixed size. Equal values share the middle of their ranks.</summary>
internal sealed class FeatureRanks
{
    private const int Bins = 64;

    // A value belongs to the bin of the last edge that is not above it; bin 0 lies below all edges.
    private readonly float[] _edges;
    private readonly double[] _ranks;

    private FeatureRanks(float[] edges, double[] ranks)
    {
        _edges = edges;
        _ranks = ranks;
    }

    internal static FeatureRanks Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        float[] sorted = values.ToArray(), weight = weights.ToArray();
        Array.Sort(sorted, weight);
        double total = weight.Sum(w => (double)w), below = 0;
        List<float> edges = [];
        List<double> starts = [0];
        for (int i = 0; i < sorted.Length; i++)
        {
            // Edges only between different values, a bin at least 1/64 of the weight apart.
            if ((i == 0 || sorted[i] != sorted[i - 1]) && (below - starts[^1] >= total / Bins || edges.Count == 0))
            {
                edges.Add(sorted[i]);
                starts.Add(below);
            }

            below += weight[i];
        }

        // A bin's rank is the middle of the ranks of its rows; below the least value it is 0.
        double[] ranks = new double[starts.Count];
        for (int bin = 1; bin < ranks.Length; bin++)
            ranks[bin] = total > 0 ? (starts[bin] + (bin + 1 < starts.Count ? starts[bin + 1] : total)) / (2 * total) : 0.5;
        return new FeatureRanks([.. edges], ranks);
    }

    internal double Of(float value)
    {
        if (!float.IsFinite(value))
            return value;
        int at = Array.BinarySearch(_edges, value);
        return _ranks[at >= 0 ? at + 1 : ~at];
    }
}
