using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>A vector holds one unit of neighbouring rows, so that means over units are sums of vectors, lane by lane.</summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
internal sealed class LayerNormPass<T> : LayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[step][0] the means that forward found, [step][1] the reciprocal deviations.</summary>
    private readonly Tensor<T> _moments;

    /// <summary>[0][unit] the gradient of gamma, [1][unit] of beta, a vector of partial sums each.</summary>
    private readonly Tensor<T> _sums;

    /// <summary>Sums over units on the way back: [0] of slopes, [1] of slopes times normalised inputs.</summary>
    private readonly Tensor<T> _along;

    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it takes for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    internal LayerNormPass(LayerNormLayer layer, LayerShape input, int rows, TensorPool pool)
        : base(input, layer.Output(input), rows)
    {
        _moments = pool.Take<T>(new TensorShape(input.Steps, 2, rows));
        _along = pool.Take<T>(new TensorShape(1, 2, rows));
        _sums = pool.Take<T>(new TensorShape(2, input.Units, Vector512<T>.Count));
    }

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
        parameters[..Input.Units].Fill(T.One);
        parameters[Input.Units..].Clear();
    }

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        int units = Input.Units, vectors = Rows / Vector512<T>.Count;
        ReadOnlySpan<T> gamma = parameters[..units], beta = parameters.Slice(units, units);
        Vector512<T> share = Vector512.Create(T.One / T.CreateChecked(units)), epsilon = Vector512.Create(T.CreateChecked(LayerNormLayer.Epsilon));
        for (int step = 0; step < Input.Steps; step++)
        {
            ReadOnlySpan<Vector512<T>> from = Vectors(x, step, units);
            Span<Vector512<T>> to = Vectors(y, step, units);
            Span<Vector512<T>> moments = Vectors(_moments.Span, step, 2);
            for (int v = 0; v < vectors; v++)
            {
                Vector512<T> sum = Vector512<T>.Zero;
                for (int at = v; at < from.Length; at += vectors)
                    sum += from[at];
                Vector512<T> mean = sum * share, squares = Vector512<T>.Zero;
                for (int at = v; at < from.Length; at += vectors)
                {
                    Vector512<T> difference = from[at] - mean;
                    squares += difference * difference;
                }

                Vector512<T> reciprocal = Vector512<T>.One / Vector512.Sqrt((squares * share) + epsilon);
                moments[v] = mean;
                moments[vectors + v] = reciprocal;
                for (int u = 0, at = v; u < units; u++, at += vectors)
                    to[at] = ((from[at] - mean) * reciprocal * gamma[u]) + Vector512.Create(beta[u]);
            }
        }
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        int units = Input.Units;
        ReadOnlySpan<T> gamma = parameters[..units];
        _sums.Span.Clear();
        for (int step = 0; step < Input.Steps; step++)
        {
            ReadOnlySpan<Vector512<T>> inputs = Vectors(x, step, units), moments = Vectors(_moments.Span, step, 2), slopes = Vectors(dy, step, units);
            Sum(gamma, inputs, moments, slopes);
            if (!dx.IsEmpty)
                Inputs(gamma, inputs, moments, slopes, Vectors(dx, step, units));
        }

        for (int i = 0; i < 2 * units; i++)
            gradient[i] = RowVector.Sum(MemoryMarshal.Cast<T, Vector512<T>>(_sums.Span)[i]);
    }

    /// <summary>
    /// With n = normalised x: dgamma += dy * n and dbeta += dy over rows; for each row, the sums over units of dy * gamma and of dy * gamma * n.
    /// </summary>
    private void Sum(ReadOnlySpan<T> gamma, ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> moments, ReadOnlySpan<Vector512<T>> dy)
    {
        int vectors = moments.Length / 2;
        Span<Vector512<T>> sums = MemoryMarshal.Cast<T, Vector512<T>>(_sums.Span), along = Vectors(_along.Span, 0, 2);
        along.Clear();
        for (int u = 0; u < gamma.Length; u++)
        {
            Vector512<T> g = sums[u], b = sums[gamma.Length + u], scale = Vector512.Create(gamma[u]);
            for (int v = 0; v < vectors; v++)
            {
                Vector512<T> slope = dy[(u * vectors) + v], part = slope * ((x[(u * vectors) + v] - moments[v]) * moments[vectors + v]);
                g += part;
                b += slope;
                along[v] += slope * scale;
                along[vectors + v] += part * scale;
            }

            sums[u] = g;
            sums[gamma.Length + u] = b;
        }
    }

    /// <summary>With d = dy * gamma: dx = (d - mean of d - n * mean of d * n) / deviation.</summary>
    private void Inputs(
        ReadOnlySpan<T> gamma,
        ReadOnlySpan<Vector512<T>> x,
        ReadOnlySpan<Vector512<T>> moments,
        ReadOnlySpan<Vector512<T>> dy,
        Span<Vector512<T>> dx)
    {
        int vectors = moments.Length / 2;
        Vector512<T> share = Vector512.Create(T.One / T.CreateChecked(gamma.Length));
        Span<Vector512<T>> along = Vectors(_along.Span, 0, 2);
        foreach (ref Vector512<T> sum in along)
            sum *= share;
        for (int u = 0; u < gamma.Length; u++)
        {
            Vector512<T> scale = Vector512.Create(gamma[u]);
            for (int v = 0, at = u * vectors; v < vectors; v++, at++)
                dx[at] = ((dy[at] * scale) - along[v] - ((x[at] - moments[v]) * moments[vectors + v] * along[vectors + v])) * moments[vectors + v];
        }
    }

    private ReadOnlySpan<Vector512<T>> Vectors(ReadOnlySpan<T> tensor, int step, int units) =>
        MemoryMarshal.Cast<T, Vector512<T>>(tensor.Slice(step * units * Rows, units * Rows));

    private Span<Vector512<T>> Vectors(Span<T> tensor, int step, int units) =>
        MemoryMarshal.Cast<T, Vector512<T>>(tensor.Slice(step * units * Rows, units * Rows));
}
