using System;

namespace Kml.Training;

/// <summary>Losses over a batch: outputs [output][row] become gradients in place of <c>d</c>, and the weighted sum of losses is returned.</summary>
internal static class LossKernels
{
    /// <summary>Computes loss and gradient.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="y">Outputs, [outputs][batch].</param>
    /// <param name="targets">Normalised labels or class indices, [batch].</param>
    /// <param name="weights">Weights of the rows, 0 for padding, [batch].</param>
    /// <param name="d">Receives the gradient of the weighted mean, [outputs][batch].</param>
    /// <returns>The weighted sum of the rows' losses, and the sum of the weights.</returns>
    internal static (double Loss, double Weight) Run(DenseLoss loss, ReadOnlySpan<float> y, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> d)
    {
        double weight = 0;
        foreach (float w in weights)
            weight += w;
        float share = weight > 0 ? (float)(1 / weight) : 0f;
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            float scale = weights[row] * share;
            float value = loss.Classes > 0
                ? CrossEntropy(y, (int)targets[row], row, weights.Length, loss.Classes, scale, d)
                : Regression(loss, y[row] - targets[row], scale, out d[row]);
            if (scale > 0f)
                sum += (double)value * weights[row];
        }

        return (sum, weight);
    }

    private static float Regression(DenseLoss loss, float error, float scale, out float gradient)
    {
        if (loss.Regression == RegressionLoss.Squared)
        {
            gradient = scale * error;
            return 0.5f * error * error;
        }

        float size = MathF.Abs(error);
        gradient = scale * (size <= loss.Delta ? error : MathF.CopySign(loss.Delta, error));
        return size <= loss.Delta ? 0.5f * error * error : loss.Delta * (size - (0.5f * loss.Delta));
    }

    private static float CrossEntropy(ReadOnlySpan<float> y, int target, int row, int batch, int classes, float scale, Span<float> d)
    {
        // The greatest score is taken off first: no exponential overflows.
        float greatest = y[row];
        for (int c = 1; c < classes; c++)
            greatest = MathF.Max(greatest, y[(c * batch) + row]);
        float sum = 0f;
        for (int c = 0; c < classes; c++)
        {
            float e = KmlMath.Exp(y[(c * batch) + row] - greatest);
            d[(c * batch) + row] = e;
            sum += e;
        }

        for (int c = 0; c < classes; c++)
        {
            ref float cell = ref d[(c * batch) + row];
            cell = scale * ((cell / sum) - (c == target ? 1f : 0f));
        }

        return KmlMath.Log(sum) + greatest - y[(target * batch) + row];
    }
}
