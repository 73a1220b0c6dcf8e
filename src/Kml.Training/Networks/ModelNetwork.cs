using System;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Layers;

namespace Kml.Training.Networks;

/// <summary>A model's network as one that can be trained, and its weights as those of the model.</summary>
internal static class ModelNetwork
{
    /// <summary>The network of a model.</summary>
    /// <param name="shape">The model's network.</param>
    /// <returns>The form.</returns>
    internal static NetworkForm Form(ProgramShape shape) =>
        NetworkForm.Of(shape.Features, shape.Layers.Select(layer => new DenseLayer(layer.Units, Of(layer.Activation))));

    /// <summary>The weights of a model.</summary>
    /// <param name="shape">The model's network.</param>
    /// <param name="normalisation">What features and label were normalised by.</param>
    /// <param name="parameters">Parameters of its form.</param>
    /// <returns>The weights, without those of the integer twin.</returns>
    internal static ProgramWeights Weights(ProgramShape shape, Normalisation normalisation, float[] parameters)
    {
        NetworkForm form = Form(shape);
        LayerShape[] shapes = form.Shapes();
        LayerWeights[] layers = new LayerWeights[form.Layers.Count];
        for (int l = 0; l < layers.Length; l++)
        {
            int start = form.ParameterOffset(l), bias = start + (shapes[l].Units * shapes[l + 1].Units);
            layers[l] = new LayerWeights(parameters[start..bias], parameters[bias..(bias + shapes[l + 1].Units)]);
        }

        return new ProgramWeights(normalisation.Mean, normalisation.InverseDeviation, layers, normalisation.LabelScale, normalisation.LabelMean, null);
    }

    private static Nonlinearity Of(LayerActivation activation) => activation switch
    {
        LayerActivation.Identity => Nonlinearity.Identity,
        LayerActivation.Relu => Nonlinearity.Relu,
        LayerActivation.Sigmoid => Nonlinearity.Sigmoid,
        LayerActivation.Tanh => Nonlinearity.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No activation."),
    };
}
