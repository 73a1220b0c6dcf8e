using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Training.Layers;

namespace Kml.Training.Networks;

/// <summary>A network as it is declared: what it takes, and its layers in the order in which data passes.</summary>
/// <param name="Input">What it takes for a row.</param>
/// <param name="Layers">Its layers.</param>
public sealed record NetworkForm(LayerShape Input, EquatableArray<Layer> Layers)
{
    /// <summary>Declares a network without steps.</summary>
    /// <param name="features">Numbers that it takes.</param>
    /// <param name="layers">Its layers.</param>
    /// <returns>The form.</returns>
    public static NetworkForm Of(int features, params IEnumerable<Layer> layers) => new(new LayerShape(1, features), new([.. layers]));

    /// <summary>What the network gives for a row.</summary>
    public LayerShape Output => Shapes()[^1];

    /// <summary>The number of trained parameters.</summary>
    public int ParameterCount
    {
        get
        {
            LayerShape[] shapes = Shapes();
            return ArraySize.Sum("The parameters of the network", Layers.Select((layer, l) => (long)layer.ParameterCount(shapes[l])).Sum());
        }
    }

    /// <summary>Where the parameters of a layer begin, in the one array of all.</summary>
    /// <param name="layer">The layer; the number of layers for the end.</param>
    /// <returns>The offset.</returns>
    internal int ParameterOffset(int layer)
    {
        LayerShape[] shapes = Shapes();
        int offset = 0;
        for (int l = 0; l < layer; l++)
        {
            offset = ArraySize.Sum("The parameters of the network", offset, Layers[l].ParameterCount(shapes[l]), Network<float>.ParameterMultiple - 1)
                / Network<float>.ParameterMultiple * Network<float>.ParameterMultiple;
        }

        return offset;
    }

    /// <summary>[0] the input, [l + 1] the output of layer l.</summary>
    /// <returns>The shapes.</returns>
    /// <exception cref="TrainingException">Two layers do not fit together.</exception>
    internal LayerShape[] Shapes()
    {
        LayerShape[] shapes = new LayerShape[Layers.Count + 1];
        shapes[0] = Input;
        for (int l = 0; l < Layers.Count; l++)
            shapes[l + 1] = Layers[l].Output(shapes[l]);
        return shapes;
    }
}
