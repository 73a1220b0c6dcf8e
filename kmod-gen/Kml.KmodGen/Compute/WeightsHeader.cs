using System.Linq;
using System.Text;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>Renders <c>&lt;model&gt;_weights.h</c>: the weights struct, and the functions that read it.</summary>
internal static class WeightsHeader
{
    public static string Render(string model, NetworkPlan plan, string banner)
    {
        string upper = model.ToUpperInvariant();
        string type = $"struct kml_{model}_weights";
        StringBuilder text = new();
        text.Append($$"""
            {{banner}}
            #ifndef KML_{{upper}}_WEIGHTS_H
            #define KML_{{upper}}_WEIGHTS_H

            #include "{{(plan.Shape.IntegerTwin ? "kml_int.h" : "kml_arith.h")}}"

            /*
             * All that the network learned. Read-only while an inference runs: it is
             * swapped as a whole. Fastest when it begins on a cache line.
             */
            {{type}} {

            """);
        foreach (WeightArray array in plan.Arrays)
        {
            string element = array.Element switch
            {
                WeightElement.F32 => "float",
                WeightElement.Pair => "kml_s64",
                _ => "struct kml_affine",
            };
            text.Append($"\t{element} {array.Name}{string.Concat(array.Dimensions.Select(d => $"[{d}]"))};{Comment(plan, array)}\n");
        }

        text.Append("};\n\n");
        text.Append($"#define KML_{upper}_WEIGHTS_SIZE\t{plan.Size}\n\n");
        text.Append($"_Static_assert(sizeof({type}) == KML_{upper}_WEIGHTS_SIZE, \"weights: size\");\n");
        foreach (WeightArray array in plan.Arrays)
            text.Append($"_Static_assert(__builtin_offsetof({type}, {array.Name}) == {array.Offset}, \"weights: {array.Name}\");\n");

        text.Append($$"""

            /*
             * features[{{plan.Shape.Features}}] -> *out, both as bits. {{plan.MultiplyAdds}} multiply-adds.
             * Context: any in which the vector registers are the caller's; never sleeps.
             */

            """);
        foreach (string set in ComputeFiles.InstructionSets.Append("scalar"))
            text.Append($"void kml_{model}_infer_{set}(const {type} *w, const kml_u32 *features, kml_u32 *out);\n");
        if (plan.Shape.IntegerTwin)
            text.Append($"\n/* The same in integers alone. Context: any; never sleeps. */\nvoid kml_{model}_infer_int(const {type} *w, const kml_u32 *features, kml_u32 *out);\n");
        return text.Append("#endif\n").ToString();
    }

    private static string Comment(NetworkPlan plan, WeightArray array)
    {
        string? words = array switch
        {
            _ when array == plan.Mean => "subtracted from the features",
            _ when array == plan.InvStd => "by which the differences are multiplied",
            _ when array == plan.Label => "scale, mean; the rest pads",
            _ when array == plan.IntegerInput => "feature -> Q3.12",
            _ when array == plan.IntegerLabel => "Q0.15 -> label",
            _ => null,
        };
        LayerPlan? layer = plan.Layers.FirstOrDefault(l => l.Weights == array);
        if (layer is not null)
            words = LayerText.Shape(plan, layer);
        return words is null ? string.Empty : $"\t/* {words} */";
    }
}
