using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>Normalisation: what <c>normalise.c.sbn</c> and <c>normalise_int.c.sbn</c> name.</summary>
/// <param name="place">Its place.</param>
/// <param name="stage">The stage.</param>
internal sealed class NormaliseText(StagePlace place, NormaliseStage stage) : StageText(place)
{
    /// <inheritdoc/>
    public override string Line => $"{Place.Output}: {stage.Outputs} = (features - mean) * inv_std";

    /// <inheritdoc/>
    public override IEnumerable<(WeightArray? Array, string Words)> Arrays =>
    [
        (stage.Mean, "subtracted from the features"),
        (stage.InvStd, "by which the differences are multiplied"),
        (stage.Integer, "feature -> Q3.12"),
    ];

    /// <inheritdoc/>
    public override Dictionary<string, object?> Values => new()
    {
        ["template"] = "normalise.c.sbn",
        ["integer_template"] = "normalise_int.c.sbn",
        ["line"] = Line,
        ["type"] = TypeWord.Of(stage.Type),
        ["outputs"] = stage.Outputs,
        ["padded_outputs"] = stage.FloatLength,

        // What a stage that takes whole blocks reads beyond the features.
        ["pads"] = stage.FloatLength != stage.Outputs && Readers.Any(s => s.ReadsPadding),
        ["to"] = Place.To,
        ["integer_to"] = Place.To,
    };

    /// <summary>The stages that read x: the next, and while those work in place, the ones after.</summary>
    private IEnumerable<Stage> Readers =>
        Place.Program.Stages.Where((_, at) => at > Place.At && Place.Program.Slots[at - 1] == Place.Program.Slots[Place.At]);
}
