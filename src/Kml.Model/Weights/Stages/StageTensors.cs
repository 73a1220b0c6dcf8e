using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.Model.Weights.Stages;

/// <summary>The tensors of a stage in a weights file: a class a stage.</summary>
internal abstract class StageTensors
{
    /// <summary>The tensors that a file must have for it.</summary>
    public abstract IEnumerable<ProgramTensors.Expected> Expected { get; }

    /// <summary>The tensors of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="NotSupportedException">A weights file has no place for such a stage.</exception>
    public static StageTensors Of(Stage stage) => stage switch
    {
        NormaliseStage normalise => new NormaliseTensors(normalise),
        DenseStage dense => new DenseTensors(dense),
        HeadStage head => new HeadTensors(head),
        _ => throw new NotSupportedException($"A weights file holds no {stage.GetType().Name}."),
    };

    /// <summary>The tensors with their values.</summary>
    /// <param name="weights">The weights of the program.</param>
    /// <returns>The tensors.</returns>
    public abstract IEnumerable<WeightsTensor> Write(ProgramWeights weights);

    /// <summary>Adds what a file holds for the stage.</summary>
    /// <param name="file">The file, which has all that is expected.</param>
    /// <param name="weights">The weights of the stages before.</param>
    /// <returns>The weights with those of this stage.</returns>
    public abstract ProgramWeights Read(WeightsFile file, ProgramWeights weights);

    /// <summary>What is expected of maps.</summary>
    protected static IEnumerable<ProgramTensors.Expected> Maps(string stem, int count) =>
    [
        ProgramTensors.Tensor(stem + WeightsNames.Add, TensorType.I64, count),
        ProgramTensors.Tensor(stem + WeightsNames.Multiply, TensorType.I32, count),
        ProgramTensors.Tensor(stem + WeightsNames.Shift, TensorType.I32, count),
    ];

    /// <summary>The tensors of maps.</summary>
    protected static IEnumerable<WeightsTensor> Maps(string stem, IReadOnlyList<Affine> maps) =>
    [
        Vector<long>(stem + WeightsNames.Add, [.. maps.Select(m => m.Add)]),
        Vector<int>(stem + WeightsNames.Multiply, [.. maps.Select(m => m.Mul)]),
        Vector<int>(stem + WeightsNames.Shift, [.. maps.Select(m => m.Shift)]),
    ];

    /// <summary>The maps that a file holds.</summary>
    protected static Affine[] Maps(string stem, WeightsFile file)
    {
        long[] add = file[stem + WeightsNames.Add].ToArray<long>();
        int[] multiply = file[stem + WeightsNames.Multiply].ToArray<int>();
        int[] shift = file[stem + WeightsNames.Shift].ToArray<int>();
        return [.. add.Select((a, i) => new Affine(a, multiply[i], shift[i]))];
    }

    /// <summary>A tensor of one dimension.</summary>
    protected static WeightsTensor Vector<T>(string name, IReadOnlyList<T> values)
        where T : unmanaged => WeightsTensor.Of(name, values.ToArray(), values.Count);

    /// <summary>A tensor of two.</summary>
    protected static WeightsTensor Matrix<T>(string name, IReadOnlyList<T> values, int columns)
        where T : unmanaged => WeightsTensor.Of(name, values.ToArray(), values.Count / columns, columns);
}
