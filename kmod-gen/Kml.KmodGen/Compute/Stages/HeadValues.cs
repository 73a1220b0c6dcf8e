using System.Collections.Generic;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>What <c>head.c.sbn</c> and <c>head_int.c.sbn</c> name.</summary>
internal static class HeadValues
{
    public static Dictionary<string, object?> Of(NetworkPlan plan, int slot) => new()
    {
        ["template"] = "head.c.sbn",
        ["integer_template"] = "head_int.c.sbn",
        ["type"] = plan.Shape.IsClassification ? "class" : TypeWord.Of(plan.Shape.OutputType),
        ["inputs"] = plan.Shape.Outputs,
        ["from"] = Slots.Name(slot),
        ["integer_from"] = Slots.Name(plan.Layers.Count),
        ["integer_scores"] = DenseValues.GivesScores(plan, plan.Layers[plan.Layers.Count - 1]),
    };
}
