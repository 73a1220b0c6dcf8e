using System.Collections.Generic;
using System.Linq;
using System.Text;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>Renders <c>&lt;model&gt;_infer_int.c</c>: the integer twin, plain C11 without a vector.</summary>
internal static class IntegerSource
{
    public static string Render(string model, NetworkPlan plan, string banner)
    {
        string type = $"struct kml_{model}_weights";
        StringBuilder text = new();
        text.Append($$"""
            {{banner}}
            /*
             * The network in integers, each sum scaled to 16 bits:
            {{LayerText.Comment(plan)}} *
             * Pure C: calls nothing, allocates nothing, uses no floating point.
             * Context: any; never sleeps.
             */
            #include "kml_int.h"
            #include "{{model}}_weights.h"


            """);
        foreach (LayerActivation activation in plan.Layers.Where(l => NetworkPlan.IntegerFormat(l) is not null).Select(l => l.Activation).Distinct())
            Table(text, activation);
        text.Append($$"""
            /* x: {{plan.Shape.Features}} = features as Q3.12, normalised */
            KML_INLINE void normalise(const {{type}} *w, const kml_u32 *features, kml_s16 *x)
            {
            	int i;

            	for (i = 0; i < {{plan.Shape.Features}}; i++)
            		x[i] = kml_clamp_to_s16(kml_apply(&w->int_input[i], (kml_s32)features[i]));
            }


            """);
        foreach (LayerPlan layer in plan.Layers)
            Layer(text, type, plan, layer);
        Entry(text, model, type, plan);
        return text.ToString();
    }

    private static bool IsWideHead(NetworkPlan plan, LayerPlan layer) =>
        layer.Index == plan.Layers.Count - 1 && layer.Activation == LayerActivation.Identity;

    private static void Layer(StringBuilder text, string type, NetworkPlan plan, LayerPlan layer)
    {
        int i = layer.Index;
        string input = LayerText.Input(layer), output = LayerText.Output(plan, layer);
        string element = IsWideHead(plan, layer) ? "kml_s32" : "kml_s16";
        string Result(string index, int half) => $"\t\t{output}[{index}] = {Scaled(plan, layer, $"kml_apply(&w->int_scale{i}[{index}], sum[{half}])")};\n";

        text.Append($$"""
            /* {{LayerText.Shape(plan, layer)}} */
            KML_INLINE void layer{{i}}(const {{type}} *w, const kml_s16 *{{input}}, {{element}} *{{output}})
            {
            	kml_s32 sum[2];
            	int p;

            	for (p = 0; p < {{(layer.Outputs + 1) / 2}}; p++) {
            		kml_int_pair(sum, w->int_b{{i}}[p], w->int_w{{i}}[p], {{input}}, {{layer.Inputs}});

            """);
        text.Append(Result("2 * p", 0));
        if (layer.Outputs % 2 == 1)
            text.Append($"\t\tif (2 * p + 1 == {layer.Outputs})\n\t\t\tbreak;\n");
        text.Append(Result("2 * p + 1", 1)).Append("\t}\n}\n\n");
    }

    private static string Scaled(NetworkPlan plan, LayerPlan layer, string value) => layer.Activation switch
    {
        LayerActivation.Relu => $"(kml_s16)kml_max_s32(kml_clamp_to_s16({value}), 0)",
        LayerActivation.Sigmoid => $"kml_lookup(sigmoid_table, kml_clamp_to_s16({value}))",
        LayerActivation.Tanh => $"kml_lookup(tanh_table, kml_clamp_to_s16({value}))",
        _ => IsWideHead(plan, layer) ? $"kml_clamp_to_s32({value})" : $"kml_clamp_to_s16({value})",
    };

    private static void Entry(StringBuilder text, string model, string type, NetworkPlan plan)
    {
        int last = plan.Layers.Count - 1;
        bool wideHead = IsWideHead(plan, plan.Layers[last]);
        string[] held = ["x", .. plan.Layers.Select(l => LayerText.Output(plan, l))];
        int[] lengths = [plan.Shape.Features, .. plan.Layers.Select(l => l.Outputs)];
        int stored = wideHead ? last : last + 1;

        text.Append($"void kml_{model}_infer_int(const {type} *w, const kml_u32 *features, kml_u32 *out)\n{{\n");
        for (int parity = 0; parity < 2 && parity <= stored; parity++)
        {
            int[] slots = [.. Enumerable.Range(0, stored + 1).Where(s => s % 2 == parity)];
            text.Append($"\tkml_s16 {Buffer(parity)}[{slots.Max(s => lengths[s])}];\t/* {string.Join(", then ", slots.Select(s => held[s]))} */\n");
        }

        bool widens = !wideHead && plan.Shape.IsClassification;
        if (wideHead || widens)
            text.Append($"\tkml_s32 y[{plan.Shape.Outputs}];\n");
        if (widens)
            text.Append("\tint i;\n");
        text.Append("\n\tnormalise(w, features, even);\n");
        foreach (LayerPlan layer in plan.Layers)
            text.Append($"\tlayer{layer.Index}(w, {Buffer(layer.Index)}, {(IsWideHead(plan, layer) ? "y" : Buffer(layer.Index + 1))});\n");
        if (widens)
            text.Append($"\tfor (i = 0; i < {plan.Shape.Outputs}; i++)\n\t\ty[i] = {Buffer(last + 1)}[i];\n");
        text.Append(plan.Shape.IsClassification
            ? $"\t*out = kml_int_argmax(y, {plan.Shape.Outputs});\n"
            : wideHead
                ? "\t*out = (kml_u32)y[0];\n"
                : $"\t*out = (kml_u32)kml_clamp_to_s32(kml_apply(w->int_label, {Buffer(last + 1)}[0]));\n");
        text.Append("}\n");
    }

    private static string Buffer(int slot) => slot % 2 == 0 ? "even" : "odd";

    private static void Table(StringBuilder text, LayerActivation activation)
    {
        IReadOnlyList<short> table = ActivationTable.Of(activation);
        string name = activation.ToString().ToLowerInvariant();
        string format = activation == LayerActivation.Sigmoid ? "Q4.11" : "Q3.12";
        text.Append($"/* {name} as Q0.15, at every 128th value of {format} */\nstatic const kml_s16 {name}_table[{table.Count}] = {{\n");
        for (int i = 0; i < table.Count; i += 10)
            text.Append('\t').AppendJoin(", ", table.Skip(i).Take(10).Select(v => LayerText.Number(v))).Append(",\n");
        text.Append("};\n\n");
    }
}
