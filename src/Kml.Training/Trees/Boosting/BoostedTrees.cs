using System;
using Kml.Training.Losses;

namespace Kml.Training.Trees;

/// <summary>
/// Gradient-boosted trees on binned features (Friedman 2001; bins and sibling histograms as LightGBM, Ke and others 2017; Newton leaves as XGBoost, Chen and
/// Guestrin 2016): each tree takes a step down the loss of all trees before. Two classes: log-odds; more: a tree a class and round, and a softmax.
/// </summary>
public sealed record BoostedTrees : ILearner
{
    /// <summary>The most rounds: a tree each, or one a class if there are more than two.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>The most splits above a leaf, 1 to 16.</summary>
    public int Depth { get; init; } = 6;

    /// <summary>The share of its best step that a tree takes, above 0 and up to 1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>What is added to a leaf's second derivatives: the larger, the smaller the steps of leaves with few rows.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>
    /// The least sum of second derivatives in a leaf: of weights in a regression, of weights times p (1 - p) with classes. Of the typical row the weight is
    /// 1: half of all weight lies in rows that weigh no more.
    /// </summary>
    public double MinLeafWeight { get; init; } = 1;

    /// <summary>What a split must take from the loss (twice the weighted sum over rows), at least.</summary>
    public double MinGain { get; init; }

    /// <summary>The share of rows that a round learns from, drawn anew for each.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>The share of features that a tree may split on, drawn anew for each.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>The most bins of a feature, 2 to 255.</summary>
    public int Bins { get; init; } = BinnedRows.MostBins;

    /// <summary>
    /// With validation rows, training ends after this many rounds without a better loss on them, and the trees up to the best are kept; 0 for never.
    /// </summary>
    public int Patience { get; init; } = 20;

    /// <summary>
    /// What a regression minimises: <see cref="SquaredLoss"/>, <see cref="HuberLoss"/> (delta in the label's unit) or <see cref="QuantileLoss"/>.
    /// </summary>
    public Loss Loss { get; init; } = new SquaredLoss();

    /// <summary>Decides which rows and features are drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads, 0 for one a processor. The result is the same for any number.</summary>
    public int Threads { get; init; }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"boosted trees {Rounds}x{Depth}");

    /// <inheritdoc/>
    /// <exception cref="TrainingException">A setting is out of range, or there is nothing to learn from.</exception>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        Check();
        TreeChecks.Rows(nameof(BoostedTrees), train);
        TreeChecks.Alike(nameof(BoostedTrees), train, validation);
        train = RelativeWeights.Of(train);
        validation = validation is null || Patience == 0 ? null : RelativeWeights.Of(validation);
        if (validation is not null)
            Reach.CheckLabels(validation, train);
        float unit = LabelUnit.Of(train);
        using TreeTeam team = new(Threads);
        return new BoostingRun(In(unit), LabelUnit.In(train, unit), validation is null ? null : LabelUnit.In(validation, unit), team).Run(unit);
    }

    /// <summary>The settings that are in the label's unit, in another.</summary>
    private BoostedTrees In(float unit) => this with
    {
        MinGain = MinGain / unit / unit,
        Loss = Loss is HuberLoss huber ? huber with { Delta = huber.Delta / unit } : Loss,
    };

    private void Check()
    {
        const string Learner = nameof(BoostedTrees);
        TreeChecks.Range(Learner, nameof(Rounds), Rounds, 1, int.MaxValue);
        TreeChecks.Range(Learner, nameof(Depth), Depth, 1, TreeChecks.MostDepth);
        TreeChecks.Range(Learner, nameof(Bins), Bins, 2, BinnedRows.MostBins);
        TreeChecks.Range(Learner, nameof(Patience), Patience, 0, int.MaxValue);
        TreeChecks.Range(Learner, nameof(Threads), Threads, 0, int.MaxValue);
        TreeChecks.Holds(Learner, nameof(LearningRate), LearningRate, LearningRate > 0 && LearningRate <= 1, "above 0 and at most 1");
        TreeChecks.Holds(Learner, nameof(L2), L2, L2 >= 0 && double.IsFinite(L2), "finite and not negative");
        TreeChecks.Holds(Learner, nameof(MinLeafWeight), MinLeafWeight, MinLeafWeight >= 0 && double.IsFinite(MinLeafWeight), "finite and not negative");
        TreeChecks.Holds(Learner, nameof(MinGain), MinGain, MinGain >= 0 && double.IsFinite(MinGain), "finite and not negative");
        TreeChecks.Holds(Learner, nameof(RowShare), RowShare, RowShare > 0 && RowShare <= 1, "above 0 and at most 1");
        TreeChecks.Holds(Learner, nameof(FeatureShare), FeatureShare, FeatureShare > 0 && FeatureShare <= 1, "above 0 and at most 1");
        if (Loss is not (SquaredLoss or HuberLoss or QuantileLoss))
        {
            throw new TrainingException($"{Learner}.{nameof(Loss)} is {Loss?.GetType().Name ?? "null"}; "
                + $"it must be {nameof(SquaredLoss)}, {nameof(HuberLoss)} or {nameof(QuantileLoss)}. With classes, cross-entropy is minimised.");
        }

        Loss.Check(1);
    }
}
