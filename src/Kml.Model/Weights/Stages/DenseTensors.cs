using System.Collections.Generic;
using Kml.Model.Lowering;

namespace Kml.Model.Weights.Stages;

/// <summary>Weights and biases of a dense layer; in integers a map an output beside them.</summary>
/// <param name="stage">The layer.</param>
internal sealed class DenseTensors(DenseStage stage) : StageTensors
{
    private readonly string _weight = WeightsNames.Weight(stage.Index);
    private readonly string _bias = WeightsNames.Bias(stage.Index);
    private readonly string _scale = WeightsNames.IntegerScale(stage.Index);

    /// <inheritdoc/>
    public override IEnumerable<ProgramTensors.Expected> Expected
    {
        get
        {
            yield return ProgramTensors.Tensor(_weight, TensorType.F32, stage.Inputs, stage.Outputs);
            yield return ProgramTensors.Tensor(_bias, TensorType.F32, stage.Outputs);
            if (stage.Integer is null)
                yield break;
            yield return ProgramTensors.Tensor(WeightsNames.Integer(_weight), TensorType.I16, stage.Inputs, stage.Outputs);
            yield return ProgramTensors.Tensor(WeightsNames.Integer(_bias), TensorType.I32, stage.Outputs);
            foreach (ProgramTensors.Expected map in Maps(_scale, stage.Outputs))
                yield return map;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<WeightsTensor> Write(ProgramWeights weights)
    {
        LayerWeights layer = weights.Layers[stage.Index];
        yield return Matrix(_weight, layer.Weights, stage.Outputs);
        yield return Vector(_bias, layer.Bias);
        if (weights.Integer is null)
            yield break;
        IntegerLayerWeights integer = weights.Integer.Layers[stage.Index];
        yield return Matrix(WeightsNames.Integer(_weight), integer.Weights, stage.Outputs);
        yield return Vector(WeightsNames.Integer(_bias), integer.Bias);
        foreach (WeightsTensor map in Maps(_scale, integer.Scale))
            yield return map;
    }

    /// <inheritdoc/>
    public override ProgramWeights Read(WeightsFile file, ProgramWeights weights) => weights with
    {
        Layers = [.. weights.Layers, new LayerWeights(file[_weight].ToArray<float>(), file[_bias].ToArray<float>())],
        Integer = weights.Integer is null ? null : weights.Integer with
        {
            Layers =
            [
                .. weights.Integer.Layers,
                new IntegerLayerWeights(
                    file[WeightsNames.Integer(_weight)].ToArray<short>(),
                    file[WeightsNames.Integer(_bias)].ToArray<int>(),
                    Maps(_scale, file)),
            ],
        },
    };
}
