using System.Collections.Generic;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>What <c>dense.c.sbn</c> and <c>dense_int.c.sbn</c> name.</summary>
internal static class DenseValues
{
    /// <summary>The values of a layer.</summary>
    /// <param name="program">The network.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="from">The slot that it reads in the float form.</param>
    /// <param name="to">The slot that it writes in the float form; of a layer that streams into the next, that of the next.</param>
    public static Dictionary<string, object?> Of(ModelProgram program, DenseStage layer, int from, int to)
    {
        bool streams = layer.StreamsIntoNext, scores = program.Head.TakesScores && layer.Index == program.Layers.Count - 1;
        return new()
        {
            ["template"] = "dense.c.sbn",
            ["integer_template"] = "dense_int.c.sbn",
            ["form"] = streams ? "streamed" : layer.Order == DenseOrder.AcrossOutputs ? "wide" : "narrow",
            ["next"] = streams ? Of(program, program.Layers[layer.Index + 1], to, to) : null,
            ["index"] = layer.Index,
            ["activation"] = ActivationWord.Of(layer.Activation),
            ["text"] = LayerText.Shape(program, layer),
            ["input"] = LayerText.Input(layer),
            ["output"] = LayerText.Output(program, layer),
            ["inputs"] = layer.Inputs,
            ["full_inputs"] = layer.Inputs / ModelProgram.Lanes,
            ["rest_inputs"] = layer.Inputs % ModelProgram.Lanes,
            ["outputs"] = layer.Outputs,
            ["full_outputs"] = layer.Outputs / ModelProgram.Lanes,
            ["rest_outputs"] = layer.Outputs % ModelProgram.Lanes,
            ["padded_outputs"] = layer.PaddedOutputs,
            ["blocks"] = layer.PaddedOutputs / ModelProgram.Lanes,
            ["from"] = Slots.Name(from),
            ["to"] = Slots.Name(to),
            ["pairs"] = (layer.Outputs + 1) / 2,
            ["odd_outputs"] = layer.Outputs % 2 == 1,
            ["integer_scores"] = scores,
            ["integer_from"] = Slots.Name(layer.Index),
            ["integer_to"] = scores ? "y" : Slots.Name(layer.Index + 1),
        };
    }
}
