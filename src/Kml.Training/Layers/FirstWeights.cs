using System;
using System.Numerics;

namespace Kml.Training.Layers;

/// <summary>
/// First weights: uniform, with He's variance before a rectifier (He et al. 2015) and Glorot's elsewhere (Glorot and Bengio 2010),
/// so that signals keep their size through the layers; biases begin at 0.
/// </summary>
internal static class FirstWeights
{
    /// <summary>Draws them.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="parameters">Weights, then biases.</param>
    /// <param name="inputs">Numbers that an output sums up.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="nonlinearity">What is applied to the sums.</param>
    /// <param name="random">The source.</param>
    internal static void Draw<T>(Span<T> parameters, int inputs, int outputs, Nonlinearity nonlinearity, Randomness random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double variance = nonlinearity is Nonlinearity.Relu or Nonlinearity.LeakyRelu ? 2.0 / inputs : 2.0 / (inputs + outputs);
        T bound = T.CreateChecked(Math.Sqrt(3 * variance));
        foreach (ref T weight in parameters[..(inputs * outputs)])
            weight = T.CreateChecked(random.Symmetric()) * bound;
        parameters[(inputs * outputs)..].Clear();
    }
}
