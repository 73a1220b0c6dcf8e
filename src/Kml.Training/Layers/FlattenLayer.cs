using System;
using System.Numerics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>Makes the units of all steps the units of one: what a dense layer needs after a convolution. Unit u of step s becomes unit s * Units + u.</summary>
public sealed record FlattenLayer : Layer
{
    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => new(1, ArraySize.Of("The outputs of a layer", input.Steps, input.Units));

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) => 0;

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new FlattenPass<T>(this, input, rows);
}

/// <summary>Rows are innermost and steps outermost, so that flattening moves nothing: a copy.</summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
/// <param name="layer">The layer.</param>
/// <param name="input">What it takes for a row.</param>
/// <param name="rows">Rows of a batch.</param>
internal sealed class FlattenPass<T>(FlattenLayer layer, LayerShape input, int rows) : LayerPass<T>(input, layer.Output(input), rows)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
    }

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training) => x.CopyTo(y);

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        if (!dx.IsEmpty)
            dy.CopyTo(dx);
    }
}
