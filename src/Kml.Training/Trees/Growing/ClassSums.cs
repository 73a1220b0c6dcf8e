using System.Linq;
using System.Runtime.Intrinsics;

namespace Kml.Training.Trees;

/// <summary>
/// Weights of classes, for Gini's impurity (Breiman and others 1984): a row brings its weight, a whole number of some quantum, to the channel of its class,
/// (class &lt;&lt; 32) + weight. What a split takes from the impurity is the rise of the sum over both sides of squared class weights over the weight.
/// </summary>
internal readonly unsafe struct ClassSums : INodeSums
{
    /// <inheritdoc/>
    public static int Channels(int classes) => classes;

    /// <inheritdoc/>
    public static void Add(byte* bins, int stride, int features, long* payload, int count, long* histograms, int channels)
    {
        for (int f = 0; f < features; f++)
        {
            byte* a = bins + ((long)f * stride);
            long* h = histograms + (f * 256L * channels);
            for (nint i = 0; i < count; i++)
            {
                long row = payload[i];
                h[((row >> 32) << 8) + a[i]] += (uint)row;
            }
        }
    }

    /// <inheritdoc/>
    public static (double Score, int Bin) Best(long* sums, int bins, int channels, in SplitLimits limits)
    {
        Vector512<double> least = Vector512.Create(limits.LeastMass), best = Vector512.Create(double.NegativeInfinity);
        Vector512<long> bestBin = Vector512<long>.Zero, bin = Vector512<long>.Indices, eight = Vector512.Create(8L);
        for (int i = 0; i < bins; i += 8)
        {
            Vector512<double> left = Vector512<double>.Zero, right = left, leftSquares = left, rightSquares = left;
            for (int c = 0; c < channels; c++)
            {
                Vector512<double> l = Vector512.ConvertToDouble(Vector512.Load(sums + (c * 256) + i));
                Vector512<double> r = Vector512.Create((double)sums[(c * 256) + bins - 1]) - l;
                left += l;
                right += r;
                leftSquares += l * l;
                rightSquares += r * r;
            }

            Vector512<double> score = ((leftSquares * right) + (rightSquares * left)) / (left * right);
            Vector512<double> better = Vector512.GreaterThanOrEqual(left, least)
                & Vector512.GreaterThanOrEqual(right, least)
                & Vector512.GreaterThan(score, best);
            best = Vector512.ConditionalSelect(better, score, best);
            bestBin = Vector512.ConditionalSelect(better.AsInt64(), bin, bestBin);
            bin += eight;
        }

        return SplitLanes.Best(best, bestBin);
    }

    /// <inheritdoc/>
    public static double Unsplit(long[] totals, in SplitLimits limits) => totals.Sum(t => (double)t * t) / totals.Sum(t => (double)t);

    /// <inheritdoc/>
    public static double Mass(long[] totals) => totals.Sum(t => (double)t);
}
