using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>The head: what <c>head.c.sbn</c> and <c>head_int.c.sbn</c> name.</summary>
/// <param name="place">Its place.</param>
/// <param name="stage">The stage.</param>
internal sealed class HeadText(StagePlace place, HeadStage stage) : StageText(place)
{
    /// <inheritdoc/>
    public override string Line =>
        stage.IsClassification
            ? $"out: the index of the greatest {Place.Input}{string.Concat(stage.Confidences.Select(s => $", its {s.Info().Word}"))}"
            : $"out: {Place.Input}[0] * label[0] + label[1], {stage.Type switch
            {
                ScalarType.F32 => "as a float's bits",
                ScalarType.Q16 => "as a Q16, saturated",
                _ => "as an s32, saturated",
            }}";

    /// <inheritdoc/>
    public override IEnumerable<(WeightArray? Array, string Words)> Arrays =>
        [(stage.Label, "scale, mean; the rest pads"), (stage.Integer, "Q0.15 -> label")];

    /// <inheritdoc/>
    public override Dictionary<string, object?> Values => new()
    {
        ["template"] = "head.c.sbn",
        ["integer_template"] = "head_int.c.sbn",
        ["type"] = stage.IsClassification ? "class" : TypeWord.Of(stage.Type),
        ["inputs"] = stage.Inputs,
        ["confidences"] = stage.Confidences.Select(s => s.Info().Word).ToArray(),
        ["from"] = Place.From,
        ["integer_from"] = Place.From,
        ["integer_scores"] = stage.TakesScores,
    };
}
