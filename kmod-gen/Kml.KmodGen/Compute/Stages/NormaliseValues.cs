using System.Collections.Generic;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>What <c>normalise.c.sbn</c> and <c>normalise_int.c.sbn</c> name.</summary>
internal static class NormaliseValues
{
    public static Dictionary<string, object?> Of(ModelProgram program) => new()
    {
        ["template"] = "normalise.c.sbn",
        ["integer_template"] = "normalise_int.c.sbn",
        ["type"] = TypeWord.Of(program.Shape.FeatureType),
        ["outputs"] = program.Shape.Features,
        ["padded_outputs"] = ModelProgram.Pad(program.Shape.Features),

        // What a narrow first layer reads beyond the features.
        ["pads"] = ModelProgram.Pad(program.Shape.Features) != program.Shape.Features && program.Layers[0].Order == DenseOrder.SixteenLanes,
        ["to"] = Slots.Name(0),
        ["integer_to"] = Slots.Name(0),
    };
}
