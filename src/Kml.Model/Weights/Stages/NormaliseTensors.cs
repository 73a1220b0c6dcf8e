using System.Collections.Generic;
using Kml.Model.Lowering;

namespace Kml.Model.Weights.Stages;

/// <summary>Means and deviations of the features; in integers a map a feature.</summary>
/// <param name="stage">The stage.</param>
internal sealed class NormaliseTensors(NormaliseStage stage) : StageTensors
{
    /// <inheritdoc/>
    public override IEnumerable<ProgramTensors.Expected> Expected =>
    [
        ProgramTensors.Tensor(WeightsNames.Mean, TensorType.F32, stage.Features),
        ProgramTensors.Tensor(WeightsNames.InverseDeviation, TensorType.F32, stage.Features),
        .. stage.Integer is null ? [] : Maps(WeightsNames.IntegerInput, stage.Features),
    ];

    /// <inheritdoc/>
    public override IEnumerable<WeightsTensor> Write(ProgramWeights weights) =>
    [
        Vector(WeightsNames.Mean, weights.Mean),
        Vector(WeightsNames.InverseDeviation, weights.InvStd),
        .. weights.Integer is null ? [] : Maps(WeightsNames.IntegerInput, weights.Integer.Input),
    ];

    /// <inheritdoc/>
    public override ProgramWeights Read(WeightsFile file, ProgramWeights weights) => weights with
    {
        Mean = file[WeightsNames.Mean].ToArray<float>(),
        InvStd = file[WeightsNames.InverseDeviation].ToArray<float>(),
        Integer = weights.Integer is null ? null : weights.Integer with { Input = Maps(WeightsNames.IntegerInput, file) },
    };
}
