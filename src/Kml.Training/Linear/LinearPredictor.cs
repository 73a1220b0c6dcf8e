using System;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics;

namespace Kml.Training.Linear;

/// <summary>
/// A fitted linear or logistic model. The deviations of the features are folded into the weights; their means are kept, for a feature that is far from 0
/// would lose its digits without.
/// </summary>
public sealed class LinearPredictor : IPredictor
{
    private readonly float[] _means;
    private readonly float[] _weights;
    private readonly float[] _intercepts;

    /// <summary>Takes a solution over standard columns.</summary>
    /// <exception cref="TrainingException">A weight is beyond a float; the message names its feature.</exception>
    internal LinearPredictor(int classes, StandardColumns columns, double[] weights, double[] intercepts, SolveReport report)
    {
        Classes = classes;
        Report = report;
        _means = [.. columns.Means.Select(mean => (float)mean)];
        _weights = [.. weights.Select((w, i) => (float)(w * columns.Scales[i % columns.Width]))];
        int beyond = _weights.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (beyond >= 0)
        {
            int f = beyond % columns.Width;
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"A score changes by more than a float can hold when column '{columns.NameOf(f)}' grows by 1: "
                    + $"its deviation is {1 / columns.Scales[f]:G3} at most. Choose a unit of which it has more."));
        }

        _intercepts = [.. intercepts.Select(b => (float)b)];
        // A mean that a float cannot hold shifts every score by the same amount: the intercept takes it back.
        for (int s = 0; s < _intercepts.Length; s++)
            _intercepts[s] = (float)(intercepts[s] + Enumerable.Range(0, Width).Sum(f => _weights[(s * Width) + f] * (_means[f] - columns.Means[f])));
    }

    /// <inheritdoc/>
    public int Width => _means.Length;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public long SizeBytes => sizeof(float) * ((long)_means.Length + _weights.Length + _intercepts.Length);

    /// <summary>What solving took.</summary>
    public SolveReport Report { get; }

    /// <summary>
    /// What a score changes by when a feature grows by 1, [score][feature]. One score for a regression and for two classes, else one a class.
    /// </summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The scores where every feature has its mean; [score].</summary>
    public ReadOnlySpan<float> Intercepts => _intercepts;

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        for (int s = 0; s < _intercepts.Length; s++)
        {
            Span<float> scores = outputs.Slice(s * rows, rows);
            ReadOnlySpan<float> weights = _weights.AsSpan(s * Width, Width);
            for (int r = 0; r < rows; r += RowBlock.Lanes)
            {
                Vector512<float> sum = Vector512.Create(_intercepts[s]);
                for (int f = 0; f < weights.Length; f++)
                {
                    Vector512<float> x = RowBlock.Load(features.Slice(f * rows, rows), r) - Vector512.Create(_means[f]);
                    sum = Vector512.FusedMultiplyAdd(x, Vector512.Create(weights[f]), sum);
                }

                RowBlock.Store(sum, scores, r);
            }
        }

        LinearHead.Finish(Classes, rows, outputs);
    }
}
