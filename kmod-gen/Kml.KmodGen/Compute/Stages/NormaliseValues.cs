using System.Collections.Generic;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>What <c>normalise.c.sbn</c> and <c>normalise_int.c.sbn</c> name.</summary>
internal static class NormaliseValues
{
    public static Dictionary<string, object?> Of(NetworkPlan plan) => new()
    {
        ["template"] = "normalise.c.sbn",
        ["integer_template"] = "normalise_int.c.sbn",
        ["type"] = TypeWord.Of(plan.Shape.FeatureType),
        ["outputs"] = plan.Shape.Features,
        ["padded_outputs"] = NetworkPlan.Pad(plan.Shape.Features),

        // What a narrow first layer reads beyond the features.
        ["pads"] = NetworkPlan.Pad(plan.Shape.Features) != plan.Shape.Features && plan.Layers[0].Order == LayerOrder.SixteenLanes,
        ["to"] = Slots.Name(0),
        ["integer_to"] = Slots.Name(0),
    };
}
