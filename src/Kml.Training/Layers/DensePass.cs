using System;
using System.Numerics;

namespace Kml.Training.Layers;

/// <summary>The three products of a dense layer, with its nonlinearity: step after step, as the parameters are those of all steps.</summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
/// <param name="layer">The layer.</param>
/// <param name="input">What it takes for a row.</param>
/// <param name="rows">Rows of a batch.</param>
internal sealed class DensePass<T>(DenseLayer layer, LayerShape input, int rows) : LayerPass<T>(input, layer.Output(input), rows)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int Weights => Input.Units * Output.Units;

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random) =>
        FirstWeights.Draw(parameters, Input.Units, Output.Units, layer.Nonlinearity, random);

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        int inputs = Input.Units, outputs = Output.Units;
        for (int step = 0; step < Input.Steps; step++)
        {
            Span<T> values = y.Slice(step * outputs * Rows, outputs * Rows);
            DenseProducts.Outputs(parameters[..Weights], parameters.Slice(Weights, outputs), x.Slice(step * inputs * Rows, inputs * Rows), values, Rows);
            Nonlinearities.Forward(layer.Nonlinearity, values, outputs);
        }
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        int inputs = Input.Units, outputs = Output.Units;
        for (int step = 0; step < Input.Steps; step++)
        {
            Span<T> slopes = dy.Slice(step * outputs * Rows, outputs * Rows);
            Nonlinearities.Backward(layer.Nonlinearity, y.Slice(step * outputs * Rows, outputs * Rows), slopes, outputs);
            DenseProducts.Gradient(
                x.Slice(step * inputs * Rows, inputs * Rows),
                slopes,
                gradient[..Weights],
                gradient.Slice(Weights, outputs),
                Rows,
                add: step > 0);
            if (!dx.IsEmpty)
                DenseProducts.Inputs(parameters[..Weights], slopes, dx.Slice(step * inputs * Rows, inputs * Rows), Rows);
        }
    }
}
