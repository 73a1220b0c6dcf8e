using System;
using System.Linq;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Trees;

/// <summary>Cross-entropy of classes; a row has a sum for each, of which a softmax is taken. A round grows a tree a class.</summary>
/// <param name="samples">The rows.</param>
internal sealed class SoftmaxBoosting(Samples samples) : BoostingObjective(samples, samples.Classes)
{
    /// <inheritdoc/>
    internal override TreeLink Link => TreeLink.Softmax;

    /// <inheritdoc/>
    internal override float[] Start() =>
        [.. Enumerable.Range(0, Outputs).Select(c => (float)Math.Log((ClassWeight(c) + Prior) / (TotalWeight + (Prior * Outputs))))];

    /// <inheritdoc/>
    internal override void Differentiate(int first, int count)
    {
        for (int row = first; row < first + count; row += 16)
        {
            Vector512<float> largest = Vector512.Create(float.NegativeInfinity), total = Vector512<float>.Zero;
            for (int c = 0; c < Outputs; c++)
                largest = Vector512.Max(largest, Vector512.Create<float>(Sums.AsSpan((c * Padded) + row)));
            for (int c = 0; c < Outputs; c++)
            {
                Vector512<float> e = VectorMath.Exp(Vector512.Create<float>(Sums.AsSpan((c * Padded) + row)) - largest);
                e.CopyTo(Gradients.AsSpan((c * Padded) + row));
                total += e;
            }

            Vector512<float> labels = Vector512.Create<float>(Labels.AsSpan(row)), weights = Vector512.Create<float>(Weights.AsSpan(row));
            for (int c = 0; c < Outputs; c++)
            {
                Vector512<float> p = Vector512.Create<float>(Gradients.AsSpan((c * Padded) + row)) / total;
                Vector512<float> truth = Vector512.ConditionalSelect(
                    Vector512.Equals(labels, Vector512.Create((float)c)),
                    Vector512<float>.One,
                    Vector512<float>.Zero);
                ((p - truth) * weights).CopyTo(Gradients.AsSpan((c * Padded) + row));
                (p * (Vector512<float>.One - p) * weights).CopyTo(Curvatures.AsSpan((c * Padded) + row));
            }
        }
    }

    /// <inheritdoc/>
    internal override double Loss()
    {
        double loss = 0;
        for (int row = 0; row < Rows; row++)
        {
            double largest = double.NegativeInfinity, total = 0;
            for (int c = 0; c < Outputs; c++)
                largest = Math.Max(largest, Sums[(c * Padded) + row]);
            for (int c = 0; c < Outputs; c++)
                total += Math.Exp(Sums[(c * Padded) + row] - largest);
            loss += Weights[row] * (largest + Math.Log(total) - Sums[((int)Labels[row] * Padded) + row]);
        }

        return loss / TotalWeight;
    }
}
