using System;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>Every unit sees all units of the layer below, at each step alike: y = f(x W + b).</summary>
/// <remarks>
/// Parameters: W <c>[input][output]</c>, then b <c>[output]</c>. First weights are uniform, with He's variance before a rectifier (He et al. 2015) and
/// Glorot's elsewhere (Glorot and Bengio 2010), so that signals keep their size through the layers; biases begin at 0.
/// </remarks>
/// <param name="Units">Units, at least 1.</param>
/// <param name="Nonlinearity">What is applied to the sums.</param>
public sealed record DenseLayer(int Units, Nonlinearity Nonlinearity = Nonlinearity.Identity) : Layer
{
    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input)
    {
        if (Units < 1)
            throw new TrainingException($"A dense layer has {Units} units: it needs at least 1.");
        if (!Enum.IsDefined(Nonlinearity))
            throw new TrainingException($"A dense layer has nonlinearity {(int)Nonlinearity}, which is none.");
        return input with { Units = Units };
    }

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) =>
        ArraySize.Of("The parameters of a layer", ArraySize.Sum("The inputs of a layer", input.Units, 1), Units);

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new DensePass<T>(this, input, rows);
}
