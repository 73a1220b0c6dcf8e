using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;

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
    public static IReadOnlyList<WeightsTensor> Write(ProgramShape shape, ProgramWeights weights)
    {
        List<WeightsTensor> tensors =
        [
            Vector(WeightsNames.Mean, weights.Mean),
            Vector(WeightsNames.InverseDeviation, weights.InvStd),
        ];
        for (int i = 0; i < weights.Layers.Count; i++)
        {
            tensors.Add(Matrix(WeightsNames.Weight(i), weights.Layers[i].Weights, shape.Layers[i].Units));
            tensors.Add(Vector(WeightsNames.Bias(i), weights.Layers[i].Bias));
        }

        if (!shape.IsClassification)
        {
            tensors.Add(Vector(WeightsNames.LabelScale, [weights.LabelScale]));
            tensors.Add(Vector(WeightsNames.LabelMean, [weights.LabelMean]));
        }

        if (weights.Integer is IntegerWeights twin)
        {
            Maps(tensors, WeightsNames.IntegerInput, twin.Input);
            for (int i = 0; i < twin.Layers.Count; i++)
            {
                tensors.Add(Matrix(WeightsNames.Integer(WeightsNames.Weight(i)), twin.Layers[i].Weights, shape.Layers[i].Units));
                tensors.Add(Vector(WeightsNames.Integer(WeightsNames.Bias(i)), twin.Layers[i].Bias));
                Maps(tensors, WeightsNames.IntegerScale(i), twin.Layers[i].Scale);
            }

            if (twin.Label is Affine label)
                Maps(tensors, WeightsNames.IntegerLabel, [label]);
        }

        return tensors;
    }

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

        return new ProgramWeights(
            file[WeightsNames.Mean].ToArray<float>(),
            file[WeightsNames.InverseDeviation].ToArray<float>(),
            [.. shape.Layers.Select((_, i) => new LayerWeights(file[WeightsNames.Weight(i)].ToArray<float>(), file[WeightsNames.Bias(i)].ToArray<float>()))],
            shape.IsClassification ? 1f : file[WeightsNames.LabelScale].ToArray<float>()[0],
            shape.IsClassification ? 0f : file[WeightsNames.LabelMean].ToArray<float>()[0],
            shape.IntegerTwin ? ReadTwin(shape, file) : null);
    }

    /// <summary>The tensors that the weights of a network have.</summary>
    /// <param name="shape">The network.</param>
    /// <returns>What is expected.</returns>
    internal static IEnumerable<Expected> Of(ProgramShape shape)
    {
        yield return Tensor(WeightsNames.Mean, TensorType.F32, shape.Features);
        yield return Tensor(WeightsNames.InverseDeviation, TensorType.F32, shape.Features);
        if (!shape.IsClassification)
        {
            yield return Tensor(WeightsNames.LabelScale, TensorType.F32, 1);
            yield return Tensor(WeightsNames.LabelMean, TensorType.F32, 1);
        }

        IEnumerable<Expected> maps = shape.IntegerTwin ? MapTensors(WeightsNames.IntegerInput, shape.Features) : [];
        int width = shape.Features;
        for (int i = 0; i < shape.Layers.Count; i++)
        {
            int units = shape.Layers[i].Units;
            yield return Tensor(WeightsNames.Weight(i), TensorType.F32, width, units);
            yield return Tensor(WeightsNames.Bias(i), TensorType.F32, units);
            if (shape.IntegerTwin)
            {
                yield return Tensor(WeightsNames.Integer(WeightsNames.Weight(i)), TensorType.I16, width, units);
                yield return Tensor(WeightsNames.Integer(WeightsNames.Bias(i)), TensorType.I32, units);
                maps = maps.Concat(MapTensors(WeightsNames.IntegerScale(i), units));
            }

            width = units;
        }

        if (HasLabelMap(shape))
            maps = maps.Concat(MapTensors(WeightsNames.IntegerLabel, 1));
        foreach (Expected map in maps)
            yield return map;
    }

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

    private static IntegerWeights ReadTwin(ProgramShape shape, WeightsFile file) => new(
        ReadMaps(file, WeightsNames.IntegerInput),
        [
            .. shape.Layers.Select((_, i) => new IntegerLayerWeights(
                file[WeightsNames.Integer(WeightsNames.Weight(i))].ToArray<short>(),
                file[WeightsNames.Integer(WeightsNames.Bias(i))].ToArray<int>(),
                ReadMaps(file, WeightsNames.IntegerScale(i)))),
        ],
        HasLabelMap(shape) ? ReadMaps(file, WeightsNames.IntegerLabel)[0] : null);

    private static bool HasLabelMap(ProgramShape shape) => ModelProgram.For(shape).Head.Integer is not null;

    private static Affine[] ReadMaps(WeightsFile file, string stem)
    {
        long[] add = file[stem + WeightsNames.Add].ToArray<long>();
        int[] multiply = file[stem + WeightsNames.Multiply].ToArray<int>();
        int[] shift = file[stem + WeightsNames.Shift].ToArray<int>();
        return [.. add.Select((a, i) => new Affine(a, multiply[i], shift[i]))];
    }

    private static void Maps(List<WeightsTensor> tensors, string stem, IReadOnlyList<Affine> maps)
    {
        tensors.Add(Vector(stem + WeightsNames.Add, [.. maps.Select(m => m.Add)]));
        tensors.Add(Vector(stem + WeightsNames.Multiply, [.. maps.Select(m => m.Mul)]));
        tensors.Add(Vector(stem + WeightsNames.Shift, [.. maps.Select(m => m.Shift)]));
    }

    private static IEnumerable<Expected> MapTensors(string stem, int count) =>
    [
        Tensor(stem + WeightsNames.Add, TensorType.I64, count),
        Tensor(stem + WeightsNames.Multiply, TensorType.I32, count),
        Tensor(stem + WeightsNames.Shift, TensorType.I32, count),
    ];

    private static WeightsTensor Vector<T>(string name, IReadOnlyList<T> values)
        where T : unmanaged => WeightsTensor.Of(name, values.ToArray(), values.Count);

    private static WeightsTensor Matrix<T>(string name, IReadOnlyList<T> values, int columns)
        where T : unmanaged => WeightsTensor.Of(name, values.ToArray(), values.Count / columns, columns);

    private static string Describe(TensorType type, IEnumerable<int> shape) => $"{type}[{string.Join(", ", shape)}]";
}
