using System;
using System.Runtime.Intrinsics;

namespace Kml.Training.Trees;

/// <summary>A node's histograms, [feature][channel][256], as sums up to and including each bin; and the best split of each feature.</summary>
internal sealed unsafe class NodeHistograms
{
    private readonly long[] _sums;

    internal NodeHistograms(int features, int channels)
    {
        _sums = GC.AllocateUninitializedArray<long>(ArraySize.Of("The histograms of a node", features, channels, 256), pinned: true);
        fixed (long* sums = _sums)
            Sums = sums;
        Scores = new double[features];
        Bins = new int[features];
    }

    /// <summary>The sums; pinned.</summary>
    internal long* Sums { get; }

    /// <summary>The best score of each feature.</summary>
    internal double[] Scores { get; }

    /// <summary>The last bin on the left of each feature's best split.</summary>
    internal int[] Bins { get; }

    /// <summary>Sets histograms to 0.</summary>
    /// <param name="sums">The first histogram.</param>
    /// <param name="count">How many follow one another.</param>
    internal static void Clear(long* sums, int count) => new Span<long>(sums, count * 256).Clear();

    /// <summary>Adds up bins from the first on.</summary>
    /// <param name="sums">A histogram.</param>
    /// <param name="bins">The number of its bins, rounded up to whole vectors.</param>
    internal static void Accumulate(long* sums, int bins)
    {
        long sum = 0;
        for (int i = 0; i < bins; i++)
        {
            sum += sums[i];
            sums[i] = sum;
        }
    }

    /// <summary>Takes one side's sums from the node's: the other side's remain.</summary>
    /// <param name="node">The node's sums.</param>
    /// <param name="side">One side's.</param>
    /// <param name="bins">The number of bins, rounded up to whole vectors.</param>
    internal static void Subtract(long* node, long* side, int bins)
    {
        for (int i = 0; i < bins; i += 8)
            (Vector512.Load(node + i) - Vector512.Load(side + i)).Store(node + i);
    }
}
