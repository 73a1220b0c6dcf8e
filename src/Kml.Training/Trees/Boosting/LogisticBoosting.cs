using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Trees;

/// <summary>Cross-entropy of two classes; a row's sum is the log-odds of the second.</summary>
/// <param name="samples">The rows.</param>
internal sealed class LogisticBoosting(Samples samples) : BoostingObjective(samples, 1)
{
    /// <inheritdoc/>
    internal override TreeLink Link => TreeLink.Logistic;

    /// <inheritdoc/>
    internal override float[] Start() => [(float)Math.Log((ClassWeight(1) + Prior) / (ClassWeight(0) + Prior))];

    /// <inheritdoc/>
    internal override void Differentiate(int first, int count)
    {
        ReadOnlySpan<Vector512<float>> sums = MemoryMarshal.Cast<float, Vector512<float>>(Sums.AsSpan(first, count));
        ReadOnlySpan<Vector512<float>> labels = MemoryMarshal.Cast<float, Vector512<float>>(Labels.AsSpan(first, count));
        ReadOnlySpan<Vector512<float>> weights = MemoryMarshal.Cast<float, Vector512<float>>(Weights.AsSpan(first, count));
        Span<Vector512<float>> gradients = MemoryMarshal.Cast<float, Vector512<float>>(Gradients.AsSpan(first, count));
        Span<Vector512<float>> curvatures = MemoryMarshal.Cast<float, Vector512<float>>(Curvatures.AsSpan(first, count));
        for (int v = 0; v < sums.Length; v++)
        {
            Vector512<float> p = VectorMath.Sigmoid(sums[v]);
            gradients[v] = (p - labels[v]) * weights[v];
            curvatures[v] = p * (Vector512<float>.One - p) * weights[v];
        }
    }

    /// <inheritdoc/>
    internal override double Loss()
    {
        double loss = 0;
        for (int row = 0; row < Rows; row++)
        {
            // log(1 + e^z) - y z, without overflow.
            double z = Sums[row];
            loss += Weights[row] * (Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - (Labels[row] * z));
        }

        return loss / TotalWeight;
    }
}
