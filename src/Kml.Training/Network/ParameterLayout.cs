using System;
using System.Collections.Generic;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Training;

/// <summary>Where a layer's parameters lie in the one array of all parameters.</summary>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Activation">What is applied to each output.</param>
/// <param name="Weights">Where its weights begin, [inputs][outputs].</param>
/// <param name="Bias">Where its biases begin, [outputs].</param>
internal sealed record LayerSlice(int Inputs, int Outputs, LayerActivation Activation, int Weights, int Bias);

/// <summary>All parameters of a network in one array, so that the optimiser is one loop.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="Length">The length of the array: padded to whole vectors, the padding stays 0.</param>
internal sealed record ParameterLayout(IReadOnlyList<LayerSlice> Layers, int Length)
{
    /// <summary>Lays out the parameters of a network.</summary>
    /// <param name="shape">The network.</param>
    /// <returns>The layout.</returns>
    internal static ParameterLayout Of(NetworkShape shape)
    {
        List<LayerSlice> layers = [];
        int at = 0, width = shape.Features;
        foreach (LayerSpec layer in shape.Layers)
        {
            layers.Add(new LayerSlice(width, layer.Units, layer.Activation, at, at + (width * layer.Units)));
            at += (width + 1) * layer.Units;
            width = layer.Units;
        }

        return new ParameterLayout(layers, NetworkPlan.Pad(at));
    }

    /// <summary>
    /// First weights: uniform, with He's variance before a relu and Glorot's elsewhere, so that signals keep their size through the layers; biases 0.
    /// </summary>
    /// <param name="random">The source.</param>
    /// <returns>The parameters.</returns>
    internal float[] Initial(Randomness random)
    {
        float[] parameters = new float[Length];
        foreach (LayerSlice layer in Layers)
        {
            float variance = layer.Activation == LayerActivation.Relu ? 2f / layer.Inputs : 2f / (layer.Inputs + layer.Outputs);
            float bound = MathF.Sqrt(3f * variance);
            for (int i = layer.Weights; i < layer.Bias; i++)
                parameters[i] = random.Symmetric() * bound;
        }

        return parameters;
    }
}
