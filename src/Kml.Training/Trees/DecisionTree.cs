using System;

namespace Kml.Training.Trees;

/// <summary>
/// One tree (Breiman and others 1984) on binned features: splits take most from Gini's impurity, or from the squared error; leaves hold the share of each
/// class, or the mean. Nothing is drawn: one set of samples, one tree.
/// </summary>
public sealed record DecisionTree : ILearner
{
    /// <summary>The most splits above a leaf, 1 to 16.</summary>
    public int Depth { get; init; } = 6;

    /// <summary>The least sum of weights in a leaf, in rows of typical weight: half of all weight lies in rows that weigh no more than such a one.</summary>
    public double MinLeafWeight { get; init; } = 1;

    /// <summary>
    /// What a split must take from the squared error (weighted sum over rows, a typical one weighing 1), at least; with more than two classes, from Gini's
    /// impurity times the weight.
    /// </summary>
    public double MinGain { get; init; }

    /// <summary>The most bins of a feature, 2 to 255.</summary>
    public int Bins { get; init; } = BinnedRows.MostBins;

    /// <summary>Threads, 0 for one a processor. The result is the same for any number.</summary>
    public int Threads { get; init; }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"tree {Depth}");

    /// <inheritdoc/>
    /// <exception cref="TrainingException">A setting is out of range, or there is nothing to learn from.</exception>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        const string Learner = nameof(DecisionTree);
        ArgumentNullException.ThrowIfNull(train);
        TreeChecks.Range(Learner, nameof(Depth), Depth, 1, TreeChecks.MostDepth);
        TreeChecks.Range(Learner, nameof(Bins), Bins, 2, BinnedRows.MostBins);
        TreeChecks.Range(Learner, nameof(Threads), Threads, 0, int.MaxValue);
        TreeChecks.Holds(Learner, nameof(MinLeafWeight), MinLeafWeight, MinLeafWeight >= 0 && double.IsFinite(MinLeafWeight), "finite and not negative");
        TreeChecks.Holds(Learner, nameof(MinGain), MinGain, MinGain >= 0 && double.IsFinite(MinGain), "finite and not negative");
        TreeChecks.Rows(Learner, train);
        float unit = LabelUnit.Of(train);
        train = LabelUnit.In(RelativeWeights.Of(train), unit);
        using TreeTeam team = new(Threads);
        double[] gains = new double[train.Width];
        GrowthLimits limits = new(Depth, new SplitLimits(0, MinLeafWeight), MinGain / unit / unit, AllFeatures(train), train.Width, 0);
        CompleteTree tree = new LeafTree(train, new BinnedRows(train, Bins, team.Run), team).Grow(train.Weights, limits, 1, gains);
        LabelUnit.Restore([tree], unit);
        return Predictor(train, [tree], gains);
    }

    /// <summary>Every feature's index.</summary>
    internal static int[] AllFeatures(Samples samples)
    {
        int[] features = new int[samples.Width];
        for (int f = 0; f < features.Length; f++)
            features[f] = f;
        return features;
    }

    /// <summary>What trees predict whose leaves are shares or means.</summary>
    internal static TreePredictor Predictor(Samples samples, CompleteTree[] trees, double[] gains) => new(
        new TreeEnsemble(samples.Width, trees, new float[LeafTree.Values(samples)]),
        samples.Classes,
        samples.Classes == 2 ? TreeLink.Share : TreeLink.Identity,
        Importance.Shares(gains));
}
