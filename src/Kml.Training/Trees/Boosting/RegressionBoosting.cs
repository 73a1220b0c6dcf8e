using System;
using System.Linq;
using Kml.Training.Losses;

namespace Kml.Training.Trees;

/// <summary>
/// A loss of one number. Squared error has true second derivatives; Huber's and the quantile's are taken as the weight. A leaf of the quantile's adds
/// the quantile of what its rows are short of (Friedman 2001): its derivatives say where to go, not how far.
/// </summary>
/// <param name="samples">The rows.</param>
/// <param name="loss">The loss.</param>
internal sealed class RegressionBoosting(Samples samples, Loss loss) : BoostingObjective(samples, 1)
{
    /// <summary>Sums of weights that differ by less are one share: which row has it must not hang on their scale.</summary>
    private const double Rounding = 1e-6;

    /// <inheritdoc/>
    internal override TreeLink Link => TreeLink.Identity;

    /// <inheritdoc/>
    internal override bool HasLeafValues => loss is QuantileLoss;

    /// <inheritdoc/>
    internal override float[] Start()
    {
        int[] rows = [.. Enumerable.Range(0, Rows)];
        return loss switch
        {
            QuantileLoss quantile => [Quantile(rows, quantile.Quantile)],
            HuberLoss => [Quantile(rows, 0.5)],
            _ => [(float)(rows.Sum(row => (double)Weights[row] * Labels[row]) / TotalWeight)],
        };
    }

    /// <inheritdoc/>
    internal override void Differentiate(int first, int count)
    {
        Run(first, count);
        Weights.AsSpan(first, count).CopyTo(Curvatures.AsSpan(first, count));
    }

    /// <inheritdoc/>
    internal override double Loss() =>
        Enumerable.Range(0, Blocks).Sum(block => Run(block * BlockRows, Math.Min(BlockRows, Padded - (block * BlockRows)))) / TotalWeight;

    /// <inheritdoc/>
    internal override float LeafValue(ReadOnlySpan<int> rows) => Quantile(rows, ((QuantileLoss)loss).Quantile);

    /// <summary>Squared error is halved, so that its second derivative is the weight too.</summary>
    private double Run(int first, int count) =>
        loss.Run<float>(
            Sums.AsSpan(first, count),
            Labels.AsSpan(first, count),
            Weights.AsSpan(first, count),
            loss is SquaredLoss ? 0.5f : 1f,
            Gradients.AsSpan(first, count));

    /// <summary>The weighted quantile of label less sum: the least value with at least that share of the weight at or below it.</summary>
    private float Quantile(ReadOnlySpan<int> rows, double quantile)
    {
        float[] values = new float[rows.Length];
        float[] weights = new float[rows.Length];
        double total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            values[i] = Labels[rows[i]] - Sums[rows[i]];
            weights[i] = Weights[rows[i]];
            total += weights[i];
        }

        Array.Sort(values, weights);
        double below = 0, due = quantile * total * (1 - Rounding);
        for (int i = 0; i < values.Length; i++)
        {
            below += weights[i];
            if (weights[i] > 0 && below >= due)
                return values[i];
        }

        return values.Length > 0 ? values[^1] : 0;
    }
}
