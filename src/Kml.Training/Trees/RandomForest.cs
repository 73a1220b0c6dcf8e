using System;
using System.Threading;

namespace Kml.Training.Trees;

/// <summary>
/// A random forest (Breiman 2001): the mean of trees, each grown on rows drawn with replacement, as likely as their weights are large, and each node split on
/// the best of some features drawn for it.
/// </summary>
public sealed record RandomForest : ILearner
{
    /// <summary>The number of trees.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>The most splits above a leaf, 1 to 16.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>The least number of drawn rows in a leaf; one drawn twice counts twice.</summary>
    public double MinLeafWeight { get; init; } = 1;

    /// <summary>Features that a node chooses from; 0 for the square root of their number with classes, for a third of them in a regression.</summary>
    public int FeaturesEach { get; init; }

    /// <summary>The most bins of a feature, 2 to 255.</summary>
    public int Bins { get; init; } = BinnedRows.MostBins;

    /// <summary>Decides which rows and features are drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads, 0 for one a processor. The result is the same for any number.</summary>
    public int Threads { get; init; }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"forest {Trees}x{Depth}");

    /// <inheritdoc/>
    /// <exception cref="TrainingException">A setting is out of range, or there is nothing to learn from.</exception>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        const string Learner = nameof(RandomForest);
        ArgumentNullException.ThrowIfNull(train);
        TreeChecks.Range(Learner, nameof(Trees), Trees, 1, int.MaxValue);
        TreeChecks.Range(Learner, nameof(Depth), Depth, 1, TreeChecks.MostDepth);
        TreeChecks.Range(Learner, nameof(Bins), Bins, 2, BinnedRows.MostBins);
        TreeChecks.Range(Learner, nameof(Threads), Threads, 0, int.MaxValue);
        TreeChecks.Holds(Learner, nameof(MinLeafWeight), MinLeafWeight, MinLeafWeight >= 0 && double.IsFinite(MinLeafWeight), "finite and not negative");
        TreeChecks.Rows(Learner, train);
        float unit = LabelUnit.Of(train);
        train = LabelUnit.In(RelativeWeights.Of(train), unit);
        TreeChecks.Range(Learner, nameof(FeaturesEach), FeaturesEach, 0, train.Width);
        int each = FeaturesEach > 0 ? FeaturesEach : Math.Max(1, train.Classes > 0 ? (int)Math.Round(Math.Sqrt(train.Width)) : train.Width / 3);

        using TreeTeam team = new(Threads);
        BinnedRows binned = new(train, Bins, team.Run);
        double[] cumulative = Cumulative(train.Weights);
        GrowthLimits limits = new(Depth, new SplitLimits(0, MinLeafWeight), 0, DecisionTree.AllFeatures(train), each, 0);
        CompleteTree[] trees = new CompleteTree[Trees];
        double[][] gains = new double[Trees][];
        int next = -1;
        // A thread grows whole trees, in memory of its own.
        team.Run(Math.Min(team.Threads, Trees), _ =>
        {
            using TreeTeam alone = new(1);
            LeafTree grower = new(train, binned, alone);
            float[] drawn = new float[train.Count];
            for (int t = Interlocked.Increment(ref next); t < Trees; t = Interlocked.Increment(ref next))
            {
                CounterRandomness keys = new(Seed);
                Draw(cumulative, new Randomness(keys.Draw((ulong)t * 2)), drawn);
                gains[t] = new double[train.Width];
                trees[t] = grower.Grow(drawn, limits with { Key = keys.Draw(((ulong)t * 2) + 1) }, 1.0 / Trees, gains[t]);
            }
        });

        double[] sum = new double[train.Width];
        foreach (double[] tree in gains)
        {
            for (int f = 0; f < sum.Length; f++)
                sum[f] += tree[f];
        }

        LabelUnit.Restore(trees, unit);
        return DecisionTree.Predictor(train, trees, sum);
    }

    private static double[] Cumulative(ReadOnlySpan<float> weights)
    {
        double[] cumulative = new double[weights.Length];
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
            cumulative[row] = sum += weights[row];
        return cumulative;
    }

    /// <summary>Draws as many rows as there are, and counts how often each came.</summary>
    private static void Draw(double[] cumulative, Randomness random, float[] drawn)
    {
        Array.Clear(drawn);
        for (int i = 0; i < drawn.Length; i++)
        {
            // The first row whose sum is above the number: one of weight 0 never is.
            double at = (random.Next() >> 11) * (1.0 / (1UL << 53)) * cumulative[^1];
            int low = 0, high = cumulative.Length - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = cumulative[middle] > at ? (low, middle) : (middle + 1, high);
            }

            drawn[low]++;
        }
    }
}
