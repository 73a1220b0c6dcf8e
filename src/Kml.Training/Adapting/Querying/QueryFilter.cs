using System;

namespace Kml.Training.Adapting;

/// <summary>
/// Lets a stated share of a stream of rows pass to be labelled, preferring those that a label of tells more. A row whose score reaches a threshold passes for
/// certain, others with a probability in proportion to their score, but never below a quarter of the share; the threshold follows the scores, so that the share
/// holds. A row that passed counts for 1 over its probability from then on, which keeps what is learned from it unbiased (Horvitz, Thompson 1952;
/// Beygelzimer, Dasgupta, Langford 2009). Constant memory; a row allocates nothing.
/// </summary>
/// <remarks>Not safe for several threads at once.</remarks>
public sealed class QueryFilter
{
    /// <summary>The least probability, as a part of the share: no row counts for more than 4 over the share.</summary>
    private const double Least = 0.25;

    /// <summary>Added to scores, so that rows pass at random when the model is certain of all.</summary>
    private const float Nothing = 1e-6f;

    /// <summary>How fast the threshold follows, in logarithms for each row; faster at first.</summary>
    private const double Follow = 0.005;

    private readonly Randomness _random;
    private double _logThreshold;
    private long _seen;

    /// <summary>Makes one.</summary>
    /// <param name="scorer">Scores rows; can be replaced by that of a newer model at any time.</param>
    /// <param name="share">The share of rows to pass, above 0 and at most 1.</param>
    /// <param name="seed">Fixes which rows pass.</param>
    /// <exception cref="TrainingException">The share is none.</exception>
    public QueryFilter(IQueryScorer scorer, double share, ulong seed)
    {
        if (!(share > 0 && share <= 1))
            throw new TrainingException(FormattableString.Invariant($"A filter cannot let a share of {share} pass: it must be above 0 and at most 1."));
        Scorer = scorer;
        Share = share;
        _random = new Randomness(seed);
    }

    /// <summary>Scores rows.</summary>
    public IQueryScorer Scorer { get; set; }

    /// <summary>The share of rows to pass.</summary>
    public double Share { get; }

    /// <summary>The score from which on a row passes for certain.</summary>
    public double Threshold => Math.Exp(_logThreshold);

    /// <summary>Whether a row is to be labelled.</summary>
    /// <param name="row">Its features, raw.</param>
    /// <param name="weight">
    /// What the row counts for; if it passes, what it counts for now: that over the probability with which it passed, for <see cref="Samples.Weights"/>.
    /// </param>
    /// <returns>Whether it passed.</returns>
    public bool Passes(ReadOnlySpan<float> row, ref float weight)
    {
        float score = 0;
        Scorer.Score(row, 1, new Span<float>(ref score));
        if (!(score >= 0))
            throw new TrainingException(FormattableString.Invariant($"A scorer gave {score}: a score must not be negative, and must be a number."));
        double probability = Math.Clamp((score + Nothing) / Threshold, Share * Least, 1);
        _seen++;

        // Only the probabilities move the threshold, not who passed: each row's probability is fixed before its lot is drawn.
        double step = Math.Max(Follow, 1.0 / (_seen + 10)) * (probability - Share) / Share;
        _logThreshold = Math.Clamp(_logThreshold + step, -40, 40);
        if ((_random.Next() >> 11) * (1.0 / (1UL << 53)) >= probability)
            return false;
        weight = (float)(weight / probability);
        return true;
    }
}
