using System.Collections.Generic;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>What <c>head.c.sbn</c> and <c>head_int.c.sbn</c> name.</summary>
internal static class HeadValues
{
    public static Dictionary<string, object?> Of(ModelProgram program, int slot) => new()
    {
        ["template"] = "head.c.sbn",
        ["integer_template"] = "head_int.c.sbn",
        ["type"] = program.Shape.IsClassification ? "class" : TypeWord.Of(program.Shape.OutputType),
        ["inputs"] = program.Shape.Outputs,
        ["from"] = Slots.Name(slot),
        ["integer_from"] = Slots.Name(program.Layers.Count),
        ["integer_scores"] = program.Head.TakesScores,
    };
}
