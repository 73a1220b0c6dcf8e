using System;
using System.Collections.Generic;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>A dense layer: what <c>dense.c.sbn</c> and <c>dense_int.c.sbn</c> name.</summary>
/// <param name="place">Its place.</param>
/// <param name="stage">The layer.</param>
internal sealed class DenseText(StagePlace place, DenseStage stage) : StageText(place)
{
    /// <inheritdoc/>
    public override string Line
    {
        get
        {
            string dimensions = Across ? $"[{stage.Inputs}][{stage.Outputs}]" : $"[{stage.Outputs}][{stage.Inputs}]";
            string sum = FormattableString.Invariant($"W{stage.Index}{dimensions} {Place.Input}[{stage.Inputs}] + b{stage.Index}");
            string activated = stage.Activation == LayerActivation.Identity ? sum : $"{ActivationWord.Of(stage.Activation)}({sum})";
            return $"{Place.Output}: {stage.Outputs} = {activated}";
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(WeightArray? Array, string Words)> Arrays => [(stage.Weights, Line)];

    /// <inheritdoc/>
    public override IEnumerable<LayerActivation> Tables => stage.IntegerFormat is null ? [] : [stage.Activation];

    /// <inheritdoc/>
    public override Dictionary<string, object?> Values => new()
    {
        ["template"] = "dense.c.sbn",
        ["integer_template"] = "dense_int.c.sbn",
        ["form"] = stage.StreamsIntoNext ? "streamed" : Across ? "wide" : "narrow",
        ["next"] = stage.StreamsIntoNext ? Of(Place.Next).Values : null,
        ["index"] = stage.Index,
        ["activation"] = ActivationWord.Of(stage.Activation),
        ["text"] = Line,
        ["input"] = Place.Input,
        ["output"] = Place.Output,
        ["inputs"] = stage.Inputs,
        ["full_inputs"] = stage.Inputs / ModelProgram.Lanes,
        ["rest_inputs"] = stage.Inputs % ModelProgram.Lanes,
        ["outputs"] = stage.Outputs,
        ["full_outputs"] = stage.Outputs / ModelProgram.Lanes,
        ["rest_outputs"] = stage.Outputs % ModelProgram.Lanes,
        ["padded_outputs"] = stage.PaddedOutputs,
        ["blocks"] = stage.PaddedOutputs / ModelProgram.Lanes,
        ["from"] = Place.From,

        // A layer that streams takes the next along, and what is stored is what that one gives.
        ["to"] = stage.StreamsIntoNext ? Place.Next.To : Place.To,
        ["pairs"] = (stage.Outputs + 1) / 2,
        ["odd_outputs"] = stage.Outputs % 2 == 1,
        ["integer_scores"] = stage.GivesScores,
        ["integer_from"] = Place.From,
        ["integer_to"] = stage.GivesScores ? "y" : Place.To,
    };

    private bool Across => stage.Order == DenseOrder.AcrossOutputs;
}
