using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;
using Kml.Model.Weights.Stages;

namespace Kml.Model;

/// <summary>The weights of a network as the tensors of a weights file, and back.</summary>
public static class ProgramTensors
{
    /// <summary>A tensor that a weights file must have.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its elements' type.</param>
    /// <param name="Shape">Its dimensions.</param>
    internal sealed record Expected(string Name, TensorType Type, EquatableArray<int> Shape);

    /// <summary>The tensors of a network.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="weights">Its weights; with those of the integer twin if it has one.</param>
    /// <returns>The tensors.</returns>
    public static IReadOnlyList<WeightsTensor> Write(ProgramShape shape, ProgramWeights weights) => [.. Stages(shape).SelectMany(s => s.Write(weights))];

    /// <summary>The weights that a file holds for a network.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="file">The file.</param>
    /// <returns>The weights, of the right sizes; their values are <see cref="WeightsCheck"/>'s concern.</returns>
    /// <exception cref="WeightsFormatException">A tensor is missing, or has another type or shape.</exception>
    public static ProgramWeights Read(ProgramShape shape, WeightsFile file)
    {
        foreach (Expected expected in Of(shape))
        {
            if (Compare(file, expected) is string difference)
                throw new WeightsFormatException(difference);
        }

        ProgramWeights none = new([], [], [], 1f, 0f, shape.IntegerTwin ? new IntegerWeights([], [], null) : null);
        return Stages(shape).Aggregate(none, (weights, stage) => stage.Read(file, weights));
    }

    /// <summary>The tensors that the weights of a network have.</summary>
    /// <param name="shape">The network.</param>
    /// <returns>What is expected.</returns>
    internal static IEnumerable<Expected> Of(ProgramShape shape) => Stages(shape).SelectMany(s => s.Expected);

    /// <summary>Compares a tensor of a file with what is expected.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">What is expected.</param>
    /// <returns>The difference in words, or null.</returns>
    internal static string? Compare(WeightsFile file, Expected expected)
    {
        WeightsTensor? tensor = file.Find(expected.Name);
        if (tensor is null)
            return $"tensor '{expected.Name}' is missing";
        return tensor.Type == expected.Type && tensor.Shape == expected.Shape
            ? null
            : $"tensor '{expected.Name}' is {Describe(tensor.Type, tensor.Shape)}, not {Describe(expected.Type, expected.Shape)}";
    }

    /// <summary>Makes an expectation.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="type">Its elements' type.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <returns>The expectation.</returns>
    internal static Expected Tensor(string name, TensorType type, params int[] shape) => new(name, type, new(shape));

    private static IEnumerable<StageTensors> Stages(ProgramShape shape) => ModelProgram.For(shape).Stages.Select(StageTensors.Of);

    private static string Describe(TensorType type, IEnumerable<int> shape) => $"{type}[{string.Join(", ", shape)}]";
}
