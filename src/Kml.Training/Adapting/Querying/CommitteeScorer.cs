using System;
using System.Collections.Generic;

namespace Kml.Training.Adapting;

/// <summary>Scores a row by how much several models disagree about it: those of <see cref="CommitteeQuery"/>, or any others for the same rows.</summary>
public sealed class CommitteeScorer : IQueryScorer
{
    private readonly IReadOnlyList<IPredictor> _members;
    private readonly Disagreement _disagreement;
    private float[] _outputs = [];
    private double[] _consensus = [];

    /// <summary>Makes one.</summary>
    /// <param name="members">The models, at least 2.</param>
    /// <param name="disagreement">How classifiers are held to disagree; a regression's variance is taken in any case.</param>
    /// <exception cref="TrainingException">There are too few members, or they differ in what they take or give.</exception>
    public CommitteeScorer(IReadOnlyList<IPredictor> members, Disagreement disagreement = Disagreement.Divergence)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count < 2)
            throw new TrainingException($"A committee of {members.Count} cannot disagree: it needs at least 2 members.");
        foreach (IPredictor member in members)
        {
            if (member.Width != members[0].Width || member.Classes != members[0].Classes)
                throw new TrainingException("The members of a committee differ in their features or classes: fit all of them to the same table.");
        }

        _members = members;
        _disagreement = disagreement;
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> features, int rows, Span<float> scores)
    {
        int classes = _members[0].Classes;
        int length = ArraySize.Of("The scores of a member", rows, Math.Max(1, classes));
        int all = ArraySize.Of("The scores of all members", length, _members.Count);
        if (_outputs.Length < all)
            _outputs = new float[all];
        if (_consensus.Length < classes)
            _consensus = new double[classes];
        for (int m = 0; m < _members.Count; m++)
            _members[m].Predict(features, rows, _outputs.AsSpan(m * length, length));
        for (int row = 0; row < rows; row++)
        {
            double score = classes == 0 ? Variance(length, row)
                : _disagreement == Disagreement.Votes ? Votes(length, rows, row, classes)
                : Divergence(length, rows, row, classes);
            scores[row] = (float)Math.Max(0, score);
        }
    }

    private double Variance(int stride, int row)
    {
        double mean = 0, squares = 0;
        for (int m = 0; m < _members.Count; m++)
            mean += _outputs[(m * stride) + row] / (double)_members.Count;
        for (int m = 0; m < _members.Count; m++)
            squares += Math.Pow(_outputs[(m * stride) + row] - mean, 2);
        return squares / _members.Count;
    }

    private double Votes(int stride, int rows, int row, int classes)
    {
        Array.Clear(_consensus);
        for (int m = 0; m < _members.Count; m++)
        {
            int vote = 0;
            for (int k = 1; k < classes; k++)
                vote = _outputs[(m * stride) + (k * rows) + row] > _outputs[(m * stride) + (vote * rows) + row] ? k : vote;
            _consensus[vote] += 1.0 / _members.Count;
        }

        return Entropy(classes);
    }

    /// <summary>The mean divergence from the consensus is the consensus's entropy less the members' mean entropy.</summary>
    private double Divergence(int stride, int rows, int row, int classes)
    {
        Array.Clear(_consensus);
        double members = 0;
        for (int m = 0; m < _members.Count; m++)
        {
            for (int k = 0; k < classes; k++)
            {
                double p = _outputs[(m * stride) + (k * rows) + row];
                _consensus[k] += p / _members.Count;
                members -= p > 0 ? p * Math.Log(p) / _members.Count : 0;
            }
        }

        return Entropy(classes) - (members / Math.Log(classes));
    }

    /// <summary>Of the consensus, as a share of the greatest there can be.</summary>
    private double Entropy(int classes)
    {
        double entropy = 0;
        for (int k = 0; k < classes; k++)
            entropy -= _consensus[k] > 0 ? _consensus[k] * Math.Log(_consensus[k]) : 0;
        return entropy / Math.Log(classes);
    }
}
