using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// The steps that an output sees lie one after another, so that an output step is a dense layer over kernel * inputs units that are there already:
/// its products serve, without a copy.
/// </summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
internal sealed class ConvolutionPass<T> : LayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionLayer _layer;

    /// <summary>The gradient at what one output step sees, before it is added to that of its neighbours.</summary>
    private readonly Tensor<T> _window;

    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it takes for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    internal ConvolutionPass(ConvolutionLayer layer, LayerShape input, int rows, TensorPool pool)
        : base(input, layer.Output(input), rows)
    {
        _layer = layer;
        _window = pool.Take<T>(new TensorShape(layer.Kernel, input.Units, rows));
    }

    private int Weights => _layer.Kernel * Input.Units * Output.Units;

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random) =>
        FirstWeights.Draw(parameters, _layer.Kernel * Input.Units, Output.Units, _layer.Nonlinearity, random);

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        int length = Output.Units * Rows;
        for (int step = 0; step < Output.Steps; step++)
        {
            Span<T> values = y.Slice(step * length, length);
            DenseProducts.Outputs(parameters[..Weights], parameters[Weights..], x.Slice(First(step), _window.Shape.Length), values, Rows);
            Nonlinearities.Forward(_layer.Nonlinearity, values, Output.Units);
        }
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        int length = Output.Units * Rows;
        dx.Clear();
        for (int step = 0; step < Output.Steps; step++)
        {
            Span<T> slopes = dy.Slice(step * length, length);
            Nonlinearities.Backward(_layer.Nonlinearity, y.Slice(step * length, length), slopes, Output.Units);
            DenseProducts.Gradient(x.Slice(First(step), _window.Shape.Length), slopes, gradient[..Weights], gradient[Weights..], Rows, add: step > 0);
            if (dx.IsEmpty)
                continue;
            DenseProducts.Inputs(parameters[..Weights], slopes, _window.Span, Rows);
            Add(_window.Span, dx.Slice(First(step), _window.Shape.Length));
        }
    }

    /// <summary>Where what an output step sees begins.</summary>
    private int First(int step) => step * _layer.Stride * Input.Units * Rows;

    private static void Add(ReadOnlySpan<T> from, Span<T> to)
    {
        ReadOnlySpan<Vector512<T>> values = MemoryMarshal.Cast<T, Vector512<T>>(from);
        Span<Vector512<T>> sums = MemoryMarshal.Cast<T, Vector512<T>>(to)[..values.Length];
        for (int i = 0; i < values.Length; i++)
            sums[i] += values[i];
    }
}
