using System.Runtime.Intrinsics;

namespace Kml.Training.Trees;

/// <summary>
/// First and second derivatives of a loss by the prediction, for Newton steps (Friedman 2001; Chen and Guestrin 2016): of squared error, label and weight.
/// Both are whole numbers of some quantum in one 64-bit word, (g &lt;&lt; 32) + h with h >= 0, so that a row and feature cost one addition to memory.
/// The quanta are such that sums over all rows stay below 2^31.
/// </summary>
internal readonly unsafe struct GradientSums : INodeSums
{
    /// <inheritdoc/>
    public static int Channels(int classes) => 1;

    /// <inheritdoc/>
    public static void Add(byte* bins, int stride, int features, long* payload, int count, long* histograms, int channels)
    {
        int f = 0;
        for (; f <= features - 4; f += 4)
        {
            byte* a = bins + ((long)f * stride), b = a + stride, c = b + stride, d = c + stride;
            long* h = histograms + (f * 256L);
            for (nint i = 0; i < count; i++)
            {
                long row = payload[i];
                h[a[i]] += row;
                (h + 256)[b[i]] += row;
                (h + 512)[c[i]] += row;
                (h + 768)[d[i]] += row;
            }
        }

        if (f <= features - 2)
        {
            byte* a = bins + ((long)f * stride), b = a + stride;
            long* h = histograms + (f * 256L);
            for (nint i = 0; i < count; i++)
            {
                long row = payload[i];
                h[a[i]] += row;
                (h + 256)[b[i]] += row;
            }

            f += 2;
        }

        if (f < features)
        {
            byte* a = bins + ((long)f * stride);
            long* h = histograms + (f * 256L);
            for (nint i = 0; i < count; i++)
                h[a[i]] += payload[i];
        }
    }

    /// <inheritdoc/>
    public static (double Score, int Bin) Best(long* sums, int bins, int channels, in SplitLimits limits)
    {
        long total = sums[bins - 1];
        Vector512<double> wholeG = Vector512.Create((double)(total >> 32)), wholeH = Vector512.Create((double)(uint)total);
        Vector512<double> l2 = Vector512.Create(limits.L2), least = Vector512.Create(limits.LeastMass);
        Vector512<double> best = Vector512.Create(double.NegativeInfinity);
        Vector512<long> bestBin = Vector512<long>.Zero, bin = Vector512<long>.Indices, low = Vector512.Create(0xffffffffL), eight = Vector512.Create(8L);
        for (int i = 0; i < bins; i += 8)
        {
            Vector512<long> sum = Vector512.Load(sums + i);
            Vector512<double> g = Vector512.ConvertToDouble(Vector512.ShiftRightArithmetic(sum, 32)), h = Vector512.ConvertToDouble(sum & low);
            Vector512<double> g2 = wholeG - g, h2 = wholeH - h, left = h + l2, right = h2 + l2;
            Vector512<double> score = ((g * g * right) + (g2 * g2 * left)) / (left * right);
            Vector512<double> better = Vector512.GreaterThanOrEqual(h, least) & Vector512.GreaterThanOrEqual(h2, least) & Vector512.GreaterThan(score, best);
            best = Vector512.ConditionalSelect(better, score, best);
            bestBin = Vector512.ConditionalSelect(better.AsInt64(), bin, bestBin);
            bin += eight;
        }

        return SplitLanes.Best(best, bestBin);
    }

    /// <inheritdoc/>
    public static double Unsplit(long[] totals, in SplitLimits limits)
    {
        double g = totals[0] >> 32, h = (uint)totals[0];
        return g * g / (h + limits.L2);
    }

    /// <inheritdoc/>
    public static double Mass(long[] totals) => (uint)totals[0];
}
