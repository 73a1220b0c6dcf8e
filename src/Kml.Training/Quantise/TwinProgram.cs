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
        return outputs == (classes > 0 ? classes : 1)
            ? Lower(form, classes)
            : throw new TrainingException($"The network gives {outputs} outputs, and an integer engine needs "
                + $"{(classes > 0 ? $"one for each of the {classes} classes" : "one")}. Change the units of the last layer.");
    }

    /// <summary>Lowers all of a network but what depends on the number of classes: each output counts as one, as while it is trained.</summary>
    /// <param name="form">The network as it is declared.</param>
    /// <returns>The program.</returns>
    internal static ModelProgram OfScores(NetworkForm form) => Lower(form, form.Output.Units);

    /// <summary>Bytes of the integers in the module's struct of weights: pairs of biases and weights, a map an output and a feature.</summary>
    /// <param name="form">The network as it is declared.</param>
    /// <param name="classes">0 for a regression.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(NetworkForm form, int classes) =>
        (classes > 0 ? OfScores(form) : Of(form, classes)).Arrays.Where(a => a.Element != WeightElement.F32).Sum(a => (long)a.Bytes);

    private static ModelProgram Lower(NetworkForm form, int classes)
    {
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
        ScalarType output = classes > 0 ? ScalarType.U32 : ScalarType.I32;
        return ModelProgram.For(new ProgramShape(form.Input.Units, ScalarType.I32, new(layers), output, classes, IntegerTwin: true));
    }
}
