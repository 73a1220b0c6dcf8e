using System;
using System.Buffers;

namespace Kml.Training.Linear;

/// <summary>The weighted mean cross-entropy of a logistic model plus half the penalty times w'w, with its gradient, in double precision.</summary>
/// <remarks>Parameters are the weights, [score][column], and behind them an intercept a score: one score for two classes, else one a class.</remarks>
internal sealed class LogisticObjective
{
    /// <summary>What intercepts cost: next to nothing, and enough that a class without rows has odds of a millionth and not of 0.</summary>
    internal const double InterceptPenalty = 1e-7;

    private readonly ColumnSource _columns;
    private readonly Samples _samples;
    private readonly double _penalty;
    private readonly double _weight;
    private readonly RowShards _shards;

    internal LogisticObjective(ColumnSource columns, Samples samples, double penalty)
    {
        _columns = columns;
        _samples = samples;
        _penalty = penalty;
        Scores = LinearHead.Scores(samples.Classes);
        foreach (float weight in samples.Weights)
            _weight += weight;
        _shards = new RowShards(columns, extra: Scores + 1, outputs: Scores);
    }

    /// <summary>The number of scores.</summary>
    internal int Scores { get; }

    /// <summary>The number of parameters.</summary>
    internal int Parameters => ArraySize.Of("The parameters of the model", Scores, _columns.Width + 1);

    /// <summary>Bytes that it takes.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="classes">Classes.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(int rows, int width, int classes) =>
        RowShards.Bytes(rows, width, LinearHead.Scores(classes) + 1, LinearHead.Scores(classes));

    /// <summary>Evaluates.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="curvature">Receives, of two classes, the second derivative by a row's score, [row]; empty if nobody needs it.</param>
    /// <returns>The objective.</returns>
    internal double Evaluate(double[] parameters, Span<double> gradient, Memory<double> curvature = default)
    {
        int width = _columns.Width;
        ReadOnlySpan<double> totals = _shards.Run((panel, first, rows, sums) =>
        {
            int length = ArraySize.Of("The scores of some rows", Scores, rows);
            double[] buffer = ArrayPool<double>.Shared.Rent(length);
            Span<double> scores = buffer.AsSpan(0, length);
            for (int s = 0; s < Scores; s++)
            {
                Span<double> own = scores.Slice(s * rows, rows);
                own.Fill(parameters[(Scores * width) + s]);
                for (int c = 0; c < width; c++)
                    Rows.AddScaled(panel[c][..rows], parameters[(s * width) + c], own);
            }

            // From here on scores are the loss's slopes by them.
            sums[^1] += Scores == 1 ? Binary(scores, first, curvature.IsEmpty ? [] : curvature.Span.Slice(first, rows)) : Multinomial(scores, first, rows);
            for (int s = 0; s < Scores; s++)
            {
                ReadOnlySpan<double> own = scores.Slice(s * rows, rows);
                for (int c = 0; c < width; c++)
                    sums[(s * width) + c] += Rows.Dot(panel[c][..rows], own);
                foreach (double slope in own)
                    sums[(Scores * width) + s] += slope;
            }

            ArrayPool<double>.Shared.Return(buffer);
        }).Span;

        double loss = totals[^1] / _weight;
        for (int i = 0; i < gradient.Length; i++)
        {
            double penalty = i < Scores * width ? _penalty : InterceptPenalty;
            gradient[i] = (totals[i] / _weight) + (penalty * parameters[i]);
            loss += 0.5 * penalty * parameters[i] * parameters[i];
        }

        return loss;
    }

    /// <summary>The second derivatives of two classes by all parameters, from those by the scores.</summary>
    /// <param name="curvature">[row].</param>
    /// <returns>The matrix; its order is that of the parameters.</returns>
    internal GramMatrix Hessian(double[] curvature)
    {
        GramMatrix gram = new(Parameters);
        gram.Add(_columns, row => curvature[row] / _weight, null);
        for (int i = 0; i < Parameters; i++)
            gram.Sums[i][i] += i < _columns.Width ? _penalty : InterceptPenalty;
        return gram;
    }

    private double Binary(Span<double> scores, int first, Span<double> curvature)
    {
        double loss = 0;
        for (int r = 0; r < scores.Length; r++)
        {
            double score = scores[r], label = _samples.Labels[first + r], weight = _samples.Weights[first + r];
            double e = Math.Exp(-Math.Abs(score)), p = (score < 0 ? e : 1) / (1 + e);
            loss += weight * (Math.Max(score, 0) - (label * score) + Math.Log(1 + e));
            scores[r] = weight * (p - label);
            if (!curvature.IsEmpty)
                curvature[r] = weight * e / ((1 + e) * (1 + e));
        }

        return loss;
    }

    private double Multinomial(Span<double> scores, int first, int rows)
    {
        double loss = 0;
        for (int r = 0; r < rows; r++)
        {
            double weight = _samples.Weights[first + r], most = double.NegativeInfinity, sum = 0;
            int label = (int)_samples.Labels[first + r];
            double own = scores[(label * rows) + r];
            for (int s = 0; s < Scores; s++)
                most = Math.Max(most, scores[(s * rows) + r]);
            for (int s = 0; s < Scores; s++)
                sum += scores[(s * rows) + r] = Math.Exp(scores[(s * rows) + r] - most);
            for (int s = 0; s < Scores; s++)
                scores[(s * rows) + r] *= weight / sum;
            scores[(label * rows) + r] -= weight;
            loss += weight * (Math.Log(sum) + most - own);
        }

        return loss;
    }
}
