using System.Runtime.Intrinsics;

namespace Kml.Training.Trees;

/// <summary>
/// What a node's histogram sums a bin of, and how good a split is by it. All sums are of integers: exact in any order, so that a sibling is the difference.
/// </summary>
internal unsafe interface INodeSums
{
    /// <summary>Numbers a bin.</summary>
    /// <param name="classes">Classes of the label.</param>
    /// <returns>The count.</returns>
    static abstract int Channels(int classes);

    /// <summary>Adds rows to the histograms of features.</summary>
    /// <param name="bins">The first feature's bins of the rows.</param>
    /// <param name="stride">Bytes from a feature to the next.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="payload">What each row brings.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="histograms">[feature][channel][256].</param>
    /// <param name="channels">Numbers a bin.</param>
    static abstract void Add(byte* bins, int stride, int features, long* payload, int count, long* histograms, int channels);

    /// <summary>The best split of a feature: of equals, that with the lowest threshold.</summary>
    /// <param name="sums">Sums up to and including each bin, [channel][256].</param>
    /// <param name="bins">The number of bins.</param>
    /// <param name="channels">Numbers a bin.</param>
    /// <param name="limits">What is asked of both sides.</param>
    /// <returns>The score, negative infinity if none is allowed; the last bin on the left.</returns>
    static abstract (double Score, int Bin) Best(long* sums, int bins, int channels, in SplitLimits limits);

    /// <summary>The score of a node that is not split.</summary>
    /// <param name="totals">Its sums.</param>
    /// <param name="limits">What is asked.</param>
    /// <returns>The score.</returns>
    static abstract double Unsplit(long[] totals, in SplitLimits limits);

    /// <summary>What a minimum is compared to: the sum of second derivatives, or of weights.</summary>
    /// <param name="totals">A node's sums.</param>
    /// <returns>The sum.</returns>
    static abstract double Mass(long[] totals);
}

/// <summary>What is asked of a split, in the units of the integers.</summary>
/// <param name="L2">What is added to a side's second derivatives.</param>
/// <param name="LeastMass">The least sum of second derivatives, or of weights, of a side; above 0.</param>
internal readonly record struct SplitLimits(double L2, double LeastMass);

/// <summary>The best lane of a search, and the best of lanes.</summary>
internal static class SplitLanes
{
    /// <summary>The highest score; of equals the lowest bin.</summary>
    /// <param name="scores">A score a lane.</param>
    /// <param name="bins">Its bin.</param>
    /// <returns>The best.</returns>
    internal static (double Score, int Bin) Best(Vector512<double> scores, Vector512<long> bins)
    {
        (double score, int bin) = (scores[0], (int)bins[0]);
        for (int lane = 1; lane < Vector512<double>.Count; lane++)
        {
            if (scores[lane] > score || (scores[lane] == score && bins[lane] < bin))
                (score, bin) = (scores[lane], (int)bins[lane]);
        }

        return (score, bin);
    }
}
