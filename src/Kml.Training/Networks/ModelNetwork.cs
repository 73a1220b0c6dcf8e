using System;
using System.Collections.Generic;
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
    internal static NetworkForm Form(ProgramShape shape) => Form(ModelProgram.For(shape));

    /// <summary>The network of a program: each stage is trained as what the engines compute, and none is passed over.</summary>
    /// <param name="program">The program.</param>
    /// <returns>The form.</returns>
    /// <exception cref="NotSupportedException">No layer is trained for such a stage.</exception>
    internal static NetworkForm Form(ModelProgram program) => NetworkForm.Of(program.Shape.Features, program.Between.Select(Of));

    /// <summary>The weights of a model.</summary>
    /// <param name="shape">The model's network.</param>
    /// <param name="normalisation">What features and label were normalised by.</param>
    /// <param name="parameters">Parameters of its form.</param>
    /// <returns>The weights, without those of the integer twin.</returns>
    internal static ProgramWeights Weights(ProgramShape shape, Normalisation normalisation, float[] parameters)
    {
        IReadOnlyList<LayerWeights> layers = Layers(Form(shape), parameters);
        return new ProgramWeights(normalisation.Mean, normalisation.InverseDeviation, layers, normalisation.LabelScale, normalisation.LabelMean, null);
    }

    /// <summary>Cuts the parameters of a network into those of its dense layers.</summary>
    /// <param name="form">The network.</param>
    /// <param name="parameters">All parameters, as <see cref="Network{T}"/> lays them out.</param>
    /// <returns>A dense layer's weights and biases, layer by layer.</returns>
    /// <exception cref="TrainingException">Another layer has parameters.</exception>
    internal static IReadOnlyList<LayerWeights> Layers(NetworkForm form, float[] parameters)
    {
        List<LayerWeights> layers = [];
        LayerShape[] shapes = form.Shapes();
        for (int l = 0; l < form.Layers.Count; l++)
        {
            int start = form.ParameterOffset(l), end = start + form.Layers[l].ParameterCount(shapes[l]);
            if (form.Layers[l] is DenseLayer dense)
                layers.Add(new LayerWeights(parameters[start..(end - dense.Units)], parameters[(end - dense.Units)..end]));
            else if (end > start)
                throw new TrainingException($"A program has no {form.Layers[l].GetType().Name}.");
        }

        return layers;
    }

    private static Layer Of(Stage stage) => stage switch
    {
        DenseStage dense => new DenseLayer(dense.Outputs, Of(dense.Activation)),
        _ => throw new NotSupportedException($"No layer is trained for a {stage.GetType().Name}."),
    };

    private static Nonlinearity Of(LayerActivation activation) => activation switch
    {
        LayerActivation.Identity => Nonlinearity.Identity,
        LayerActivation.Relu => Nonlinearity.Relu,
        LayerActivation.Sigmoid => Nonlinearity.Sigmoid,
        LayerActivation.Tanh => Nonlinearity.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No activation."),
    };
}
