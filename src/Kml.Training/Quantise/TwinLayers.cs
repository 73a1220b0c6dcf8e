using System;
using Kml.Training.Layers;
using Kml.Training.Tensors;

namespace Kml.Training.Quantise;

/// <summary>What the integer twin makes of normalised features: Q3.12, saturated.</summary>
internal sealed record TwinInputLayer : Layer
{
    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => input;

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) => 0;

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new RoundedPass<T>(input, rows, null, relu: false);
}

/// <summary>What the integer twin does between two dense layers, in floating point: 16-bit sums, the activation, 16-bit outputs.</summary>
/// <param name="Nonlinearity">Identity, relu, sigmoid or tanh: those that the twin has.</param>
/// <param name="Range">The range of the outputs; sigmoid and tanh have fixed ones and leave it alone.</param>
internal sealed record TwinActivationLayer(Nonlinearity Nonlinearity, ActivationRange Range) : Layer
{
    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => input;

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) => 0;

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => Nonlinearity switch
    {
        Nonlinearity.Identity => new RoundedPass<T>(input, rows, Range, relu: false),
        Nonlinearity.Relu => new RoundedPass<T>(input, rows, Range, relu: true),
        Nonlinearity.Sigmoid or Nonlinearity.Tanh => new TablePass<T>(input, rows, Nonlinearity),
        _ => throw new ArgumentException($"The integer twin has no {Nonlinearity}."),
    };
}
