using System;
using System.Collections.Generic;

namespace Kml.Training.Trees;

/// <summary>
/// Training rows as bins: a byte a feature and row, [feature][row]. A bin holds the values above one edge and up to the next; edges lie half-way between
/// values of training rows, and are the only thresholds that trees may have. Where there are more than 255 values, bins have about equal shares of the weight.
/// </summary>
internal sealed unsafe class BinnedRows
{
    /// <summary>The most bins of a feature; the byte 255 is left for a node that sends every row left.</summary>
    internal const int MostBins = 255;

    private readonly byte[] _bins;

    internal BinnedRows(Samples samples, int mostBins, Action<int, Action<int>> parallel)
    {
        Rows = samples.Count;
        Features = samples.Width;
        Stride = ArraySize.Sum("The rows", Rows, 127) & ~63;
        _bins = GC.AllocateArray<byte>(ArraySize.Of("The binned features", Stride, Math.Max(1, Features)), pinned: true);
        Edges = new float[Features][];
        // A sorter a feature would cost memory; one a group of features is used in turn.
        int groups = Math.Min(Features, Environment.ProcessorCount);
        parallel(groups, group =>
        {
            RadixSort sort = new(Rows);
            for (int f = group; f < Features; f += groups)
                Edges[f] = Fill(sort.Run(samples.Column(f)), samples.Weights, mostBins, _bins.AsSpan(f * Stride, Rows));
        });
    }

    /// <summary>The number of rows.</summary>
    internal int Rows { get; }

    /// <summary>The number of features.</summary>
    internal int Features { get; }

    /// <summary>Bytes from a feature's column to the next: at least 64 more than the rows, so that a vector may be loaded at any row.</summary>
    internal int Stride { get; }

    /// <summary>Edges between bins, rising, of each feature: one fewer than its bins.</summary>
    internal float[][] Edges { get; }

    /// <summary>The columns; pinned.</summary>
    internal byte* Bins
    {
        get
        {
            fixed (byte* bins = _bins)
                return bins;
        }
    }

    /// <summary>A row's bin.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="row">The row.</param>
    /// <returns>The bin.</returns>
    internal byte Bin(int feature, int row) => _bins[(feature * Stride) + row];

    /// <summary>Chooses edges, and gives each row its bin. Rows of weight 0 have no say in the edges.</summary>
    private static float[] Fill(ReadOnlySpan<RadixSort.Entry> sorted, ReadOnlySpan<float> weights, int mostBins, Span<byte> bins)
    {
        double left = 0;
        foreach (float weight in weights)
            left += weight;
        bool few = HasAtMost(mostBins, sorted, weights);

        // A value that fills a bin alone takes from the rest only its own share: what is left is shared by the bins that are left.
        List<float> edges = [];
        int first = 0;
        double held = 0, due = left / mostBins;
        float? previous = null;
        for (int i = 0; i < sorted.Length;)
        {
            double weight = 0;
            int next = i;
            for (; next < sorted.Length && sorted[next].Key == sorted[i].Key; next++)
                weight += weights[sorted[next].Row];
            if (weight > 0)
            {
                float value = sorted[i].Value;
                bool full = few || held >= due || held + (weight / 2) > due;
                if (previous is { } below && full && edges.Count < mostBins - 1)
                {
                    edges.Add(Between(below, value));
                    // Rows of weight 0 may lie on both sides of the edge.
                    int start = i;
                    while (start > first && sorted[start - 1].Value > edges[^1])
                        start--;
                    Fill(sorted[first..start], (byte)(edges.Count - 1), bins);
                    first = start;
                    left -= held;
                    held = 0;
                    due = left / (mostBins - edges.Count);
                }

                held += weight;
                previous = value;
            }

            i = next;
        }

        Fill(sorted[first..], (byte)edges.Count, bins);
        return [.. edges];
    }

    private static void Fill(ReadOnlySpan<RadixSort.Entry> sorted, byte bin, Span<byte> bins)
    {
        foreach (RadixSort.Entry entry in sorted)
            bins[entry.Row] = bin;
    }

    /// <summary>Whether no more than some values have weight.</summary>
    private static bool HasAtMost(int most, ReadOnlySpan<RadixSort.Entry> sorted, ReadOnlySpan<float> weights)
    {
        int values = 0;
        uint last = 0;
        foreach (RadixSort.Entry entry in sorted)
        {
            if (weights[entry.Row] > 0 && (values == 0 || entry.Key != last))
            {
                if (++values > most)
                    return false;
                last = entry.Key;
            }
        }

        return true;
    }

    /// <summary>A threshold: at least the lower value, and below the upper.</summary>
    private static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);
        return middle < upper ? middle : lower;
    }
}
