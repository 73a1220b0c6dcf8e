using System;

namespace Kml.Training.Trees;

/// <summary>How sums of trees become predictions.</summary>
internal enum TreeLink
{
    /// <summary>They are the predictions.</summary>
    Identity,

    /// <summary>One sum is the second class's probability.</summary>
    Share,

    /// <summary>One sum is the second class's log-odds.</summary>
    Logistic,

    /// <summary>A sum a class, of which a softmax is taken.</summary>
    Softmax,
}

/// <summary>What trees predict.</summary>
public sealed class TreePredictor : IPredictor
{
    private readonly TreeLink _link;
    private readonly double[] _importance;

    internal TreePredictor(TreeEnsemble ensemble, int classes, TreeLink link, double[] importance)
    {
        Ensemble = ensemble;
        Classes = classes;
        _link = link;
        _importance = importance;
    }

    /// <summary>The trees.</summary>
    public TreeEnsemble Ensemble { get; }

    /// <inheritdoc/>
    public int Width => Ensemble.Width;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public long SizeBytes => Ensemble.SizeBytes;

    /// <summary>The share of each feature in what all splits gained on the training rows; zeros if there is no split.</summary>
    public ReadOnlySpan<double> Importance => _importance;

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features.Length, (long)Width * rows, nameof(features));
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs.Length, Math.Max(1L, Classes) * rows, nameof(outputs));
        Span<float> sums = _link is TreeLink.Share or TreeLink.Logistic ? outputs[rows..] : outputs;
        Ensemble.Sum(features, rows, sums);
        switch (_link)
        {
            case TreeLink.Share:
                for (int row = 0; row < rows; row++)
                    outputs[row] = 1 - sums[row];
                break;
            case TreeLink.Logistic:
                for (int row = 0; row < rows; row++)
                {
                    outputs[row] = KmlMath.Sigmoid(-sums[row]);
                    sums[row] = KmlMath.Sigmoid(sums[row]);
                }

                break;
            case TreeLink.Softmax:
                for (int row = 0; row < rows; row++)
                    Softmax(outputs, row, rows);
                break;
        }
    }

    private void Softmax(Span<float> sums, int row, int rows)
    {
        float largest = float.NegativeInfinity, total = 0;
        for (int c = 0; c < Classes; c++)
            largest = MathF.Max(largest, sums[(c * rows) + row]);
        for (int c = 0; c < Classes; c++)
            total += sums[(c * rows) + row] = KmlMath.Exp(sums[(c * rows) + row] - largest);
        for (int c = 0; c < Classes; c++)
            sums[(c * rows) + row] /= total;
    }
}
