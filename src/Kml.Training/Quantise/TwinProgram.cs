using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Layers;
using Kml.Training.Networks;

namespace Kml.Training.Quantise;

/// <summary>A declared network as the lowering knows it: its dense layers over integer features. Dropout is not there when it predicts.</summary>
internal static class TwinProgram
{
    /// <summary>Lowers a network that <see cref="IntegerPrecision.Of"/> accepts.</summary>
    /// <param name="form">The network as it is declared.</param>
    /// <param name="classes">0 for a regression.</param>
    /// <returns>The program, over 32-bit features and labels.</returns>
    /// <exception cref="TrainingException">The network gives another number of outputs than there are classes.</exception>
    internal static ModelProgram Of(NetworkForm form, int classes)
    {
        int outputs = form.Output.Units;
        if (outputs != (classes > 0 ? classes : 1))
            throw new TrainingException($"The network gives {outputs} outputs, and an integer engine needs {(classes > 0 ? $"one for each of the {classes} classes" : "one")}. Change the units of the last layer.");
        if (form.Layers.FirstOrDefault(l => l is not (DenseLayer or DropoutLayer)) is { } other)
            throw new TrainingException($"An integer engine has no {other.GetType().Name}.");
        LayerSpec[] layers = [.. form.Layers.OfType<DenseLayer>().Select(l => new LayerSpec(l.Units, l.Nonlinearity switch
        {
            Nonlinearity.Identity => LayerActivation.Identity,
            Nonlinearity.Relu => LayerActivation.Relu,
            Nonlinearity.Sigmoid => LayerActivation.Sigmoid,
            Nonlinearity.Tanh => LayerActivation.Tanh,
            _ => throw new TrainingException($"An integer engine has no {l.Nonlinearity}."),
        }))];
        return ModelProgram.For(new ProgramShape(form.Input.Units, ScalarType.I32, new(layers), classes > 0 ? ScalarType.U32 : ScalarType.I32, classes, IntegerTwin: true));
    }

    /// <summary>Bytes of the integers in the module's struct of weights: pairs of biases and weights, a map an output and a feature.</summary>
    /// <param name="form">The network as it is declared.</param>
    /// <param name="classes">0 for a regression.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(NetworkForm form, int classes)
    {
        const int pair = 8, map = 16;
        long bytes = (long)map * form.Input.Units;
        int inputs = form.Input.Units;
        foreach (DenseLayer layer in form.Layers.OfType<DenseLayer>())
        {
            bytes += ((long)(layer.Units + 1) / 2 * (inputs + 1) * pair) + ((long)layer.Units * map);
            inputs = layer.Units;
        }

        bool activated = form.Layers.OfType<DenseLayer>().LastOrDefault()?.Nonlinearity is not (null or Nonlinearity.Identity);
        return bytes + (classes == 0 && activated ? map : 0);
    }

    /// <summary>Cuts the parameters of a network into those of its dense layers.</summary>
    /// <param name="program">The program.</param>
    /// <param name="parameters">All parameters, as <see cref="Network{T}"/> lays them out.</param>
    /// <returns>A layer's weights and biases, layer by layer.</returns>
    internal static IReadOnlyList<LayerWeights> Weights(ModelProgram program, float[] parameters)
    {
        List<LayerWeights> layers = [];
        int offset = 0;
        foreach (DenseStage layer in program.DenseLayers)
        {
            int bias = offset + layer.MultiplyAdds;
            layers.Add(new LayerWeights(parameters[offset..bias], parameters[bias..(bias + layer.Outputs)]));
            offset += ModelProgram.Pad(layer.MultiplyAdds + layer.Outputs);
        }

        return layers;
    }
}
