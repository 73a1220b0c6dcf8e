using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.Model.Weights.Stages;

/// <summary>Scale and mean of a regression's label; in integers the map to it, where the last layer has an activation.</summary>
/// <param name="stage">The stage.</param>
internal sealed class HeadTensors(HeadStage stage) : StageTensors
{
    /// <inheritdoc/>
    public override IEnumerable<ProgramTensors.Expected> Expected =>
    [
        .. stage.IsClassification
            ? []
            : new[] { WeightsNames.LabelScale, WeightsNames.LabelMean }.Select(name => ProgramTensors.Tensor(name, TensorType.F32, 1)),
        .. stage.Integer is null ? [] : Maps(WeightsNames.IntegerLabel, 1),
    ];

    /// <inheritdoc/>
    public override IEnumerable<WeightsTensor> Write(ProgramWeights weights) =>
    [
        .. stage.IsClassification
            ? []
            : (WeightsTensor[])[Vector(WeightsNames.LabelScale, [weights.LabelScale]), Vector(WeightsNames.LabelMean, [weights.LabelMean])],
        .. weights.Integer?.Label is Affine label ? Maps(WeightsNames.IntegerLabel, [label]) : [],
    ];

    /// <inheritdoc/>
    public override ProgramWeights Read(WeightsFile file, ProgramWeights weights) => weights with
    {
        LabelScale = stage.IsClassification ? 1f : file[WeightsNames.LabelScale].ToArray<float>()[0],
        LabelMean = stage.IsClassification ? 0f : file[WeightsNames.LabelMean].ToArray<float>()[0],
        Integer = weights.Integer is null || stage.Integer is null
            ? weights.Integer
            : weights.Integer with { Label = Maps(WeightsNames.IntegerLabel, file)[0] },
    };
}
