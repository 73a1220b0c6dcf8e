using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Trees;

namespace Kml.Training.Tests.Trees;

/// <summary>What the grower is held against: for every node every threshold of every feature, summed anew from its rows.</summary>
internal sealed record NaiveTree(int Feature, int Bin, NaiveTree? Left, NaiveTree? Right, int[] Rows)
{
    internal static NaiveTree Of(int[][] bins, int[] rows, Func<IEnumerable<int>, double[]> sums, bool gradients, SplitLimits limits, int depth)
    {
        double[] all = sums(rows);
        double unsplit = Side(all, gradients, limits), best = double.NegativeInfinity;
        (int Feature, int Bin) at = default;
        for (int f = 0; f < bins.Length && depth > 0 && Mass(all, gradients) >= 2 * limits.LeastMass; f++)
        {
            int most = rows.Max(row => bins[f][row]);
            for (int bin = 0; bin < most; bin++)
            {
                double[] left = sums(rows.Where(row => bins[f][row] <= bin)), right = [.. all.Select((s, i) => s - left[i])];
                if (Mass(left, gradients) < limits.LeastMass || Mass(right, gradients) < limits.LeastMass)
                    continue;
                double a = Divisor(left, gradients, limits), b = Divisor(right, gradients, limits);
                double score = ((Squares(left, gradients) * b) + (Squares(right, gradients) * a)) / (a * b);
                if (score > best)
                    (best, at) = (score, (f, bin));
            }
        }

        if (!(best - unsplit > 0 && best - unsplit > 1e-10 * unsplit))
            return new NaiveTree(-1, 0, null, null, rows);
        int[] lefts = [.. rows.Where(row => bins[at.Feature][row] <= at.Bin)], rights = [.. rows.Where(row => bins[at.Feature][row] > at.Bin)];
        return new NaiveTree(
            at.Feature,
            at.Bin,
            Of(bins, lefts, sums, gradients, limits, depth - 1),
            Of(bins, rights, sums, gradients, limits, depth - 1),
            rows);
    }

    private static double Squares(double[] sums, bool gradients) => gradients ? sums[0] * sums[0] : sums.Sum(s => s * s);

    private static double Mass(double[] sums, bool gradients) => gradients ? sums[1] : sums.Sum();

    private static double Divisor(double[] sums, bool gradients, SplitLimits limits) => Mass(sums, gradients) + (gradients ? limits.L2 : 0);

    private static double Side(double[] sums, bool gradients, SplitLimits limits) => Squares(sums, gradients) / Divisor(sums, gradients, limits);
}
