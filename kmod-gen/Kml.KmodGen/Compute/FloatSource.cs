using System.Linq;
using System.Text;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>Renders <c>&lt;model&gt;_infer.c</c>: the float network, in the plan's order of evaluation.</summary>
internal static class FloatSource
{
    public static string Render(string model, NetworkPlan plan, string banner)
    {
        string type = $"struct kml_{model}_weights";
        StringBuilder text = new();
        text.Append($$"""
            {{banner}}
            /*
             * The network in floating point:
            {{LayerText.Comment(plan)}} *
             * Pure C: calls nothing, allocates nothing. Build with -O2 -ffp-contract=off -frounding-math.
             * Context: any in which the vector registers are the caller's; never sleeps.
             */
            #include "kml_arith_float.h"
            #include "kml_dense.h"
            #include "{{model}}_weights.h"


            """);
        Normalise(text, type, plan);
        foreach (LayerPlan layer in plan.Layers)
        {
            if (plan.StreamsIntoNext(layer.Index))
                Streamed(text, type, plan, layer, plan.Layers[layer.Index + 1]);
            else if (layer.Order == LayerOrder.AcrossOutputs)
                Wide(text, type, plan, layer);
            else if (layer.Index == 0 || !plan.StreamsIntoNext(layer.Index - 1))
                Narrow(text, type, plan, layer);
        }

        Entry(text, model, type, plan);
        return text.ToString();
    }

    private static void Normalise(StringBuilder text, string type, NetworkPlan plan)
    {
        int n = plan.Shape.Features;
        string value = plan.Shape.FeatureType switch
        {
            ScalarType.F32 => "kml_f32_from_bits(features[i])",
            ScalarType.Q16 => "kml_q16_to_f32((kml_s32)features[i])",
            _ => "(float)(kml_s32)features[i]",
        };
        bool pads = NetworkPlan.Pad(n) != n && plan.Layers[0].Order == LayerOrder.SixteenLanes;
        text.Append($$"""
            /* x: {{n}} = (features - mean) * inv_std */
            KML_INLINE void normalise(const {{type}} *w, const kml_u32 *features, float *x)
            {
            	int i;

            	for (i = 0; i < {{n}}; i++)
            		x[i] = ({{value}} - w->mean[i]) * w->inv_std[i];

            """);
        if (pads)
            text.Append($"\tfor (; i < {NetworkPlan.Pad(n)}; i++)\n\t\tx[i] = 0.0f;\n");
        text.Append("}\n\n");
    }

    private static void Wide(StringBuilder text, string type, NetworkPlan plan, LayerPlan layer)
    {
        int i = layer.Index;
        text.Append($$"""
            KML_INLINE void layer{{i}}_blocks(const {{type}} *w, const float *{{LayerText.Input(layer)}},
            				   float *{{LayerText.Output(plan, layer)}}, int b, int blocks)
            {
            	kml_vf acc[KML_GROUP_VECTORS];
            	int v;

            {{WideSum(layer)}}
            #pragma GCC unroll 16
            	for (v = 0; v < blocks * KML_BLOCK; v++)
            		kml_store({{LayerText.Output(plan, layer)}} + 16 * b + v * KML_LANES, {{Activated(layer, "acc[v]")}});
            }

            /* {{LayerText.Shape(plan, layer)}} */
            KML_INLINE void layer{{i}}(const {{type}} *w, const float *{{LayerText.Input(layer)}}, float *{{LayerText.Output(plan, layer)}})
            {
            	int b;

            {{Groups($"layer{i}_blocks", $"w, {LayerText.Input(layer)}, {LayerText.Output(plan, layer)}", layer.PaddedOutputs / 16, string.Empty)}}}


            """);
    }

    private static void Streamed(StringBuilder text, string type, NetworkPlan plan, LayerPlan layer, LayerPlan next)
    {
        int i = layer.Index;
        string input = LayerText.Input(layer), output = LayerText.Output(plan, next);
        int full = layer.Outputs / 16, rest = layer.Outputs % 16;
        text.Append($$"""
            KML_INLINE void layer{{i}}_blocks(const {{type}} *w, const float *{{input}},
            				   struct kml_lanes *sum, int b, int blocks, int last)
            {
            	kml_vf acc[KML_GROUP_VECTORS];
            	int v, k;

            {{WideSum(layer)}}

            """);
        if (layer.Activation != LayerActivation.Identity)
            text.Append($"#pragma GCC unroll 16\n\tfor (v = 0; v < blocks * KML_BLOCK; v++)\n\t\tacc[v] = {Activated(layer, "acc[v]")};\n");
        text.Append($$"""
            #pragma GCC unroll 8
            	for (v = 0; v < blocks; v++)
            #pragma GCC unroll 8
            		for (k = 0; k < {{next.Outputs}}; k++)
            			kml_narrow(&sum[k], &w->w{{next.Index}}[k][16 * (b + v)], &acc[v * KML_BLOCK], last);
            }

            /*
             * {{LayerText.Shape(plan, layer)}}
             * {{LayerText.Shape(plan, next)}}
             * The first goes block by block into the second's lanes, and is never stored.
             */
            KML_INLINE void layer{{i}}(const {{type}} *w, const float *{{input}}, float *{{output}})
            {
            	struct kml_lanes sum[{{next.Outputs}}] = { 0 };
            	int b;


            """);
        if (full > 0)
            text.Append(Groups($"layer{i}_blocks", $"w, {input}, sum", full, ", 16"));
        if (rest > 0)
            text.Append($"\tb = {full};\n\tlayer{i}_blocks(w, {input}, sum, b, 1, {rest});\n");
        Finish(text, plan, next);
    }

    private static void Narrow(StringBuilder text, string type, NetworkPlan plan, LayerPlan layer)
    {
        int i = layer.Index;
        string input = LayerText.Input(layer);
        int full = layer.Inputs / 16, rest = layer.Inputs % 16;
        text.Append($$"""
            KML_INLINE void layer{{i}}_block(const {{type}} *w, const float *{{input}},
            				  struct kml_lanes *sum, int b, int last)
            {
            	kml_vf in[KML_BLOCK];
            	int v, k;

            #pragma GCC unroll 16
            	for (v = 0; v < KML_BLOCK; v++)
            		in[v] = kml_load({{input}} + 16 * b + v * KML_LANES);
            #pragma GCC unroll 8
            	for (k = 0; k < {{layer.Outputs}}; k++)
            		kml_narrow(&sum[k], &w->w{{i}}[k][16 * b], in, last);
            }

            /* {{LayerText.Shape(plan, layer)}} */
            KML_INLINE void layer{{i}}(const {{type}} *w, const float *{{input}}, float *{{LayerText.Output(plan, layer)}})
            {
            	struct kml_lanes sum[{{layer.Outputs}}] = { 0 };{{(full > 0 ? "\n\tint b;" : string.Empty)}}


            """);
        if (full > 0)
            text.Append($"\tfor (b = 0; b < {full}; b++)\n\t\tlayer{i}_block(w, {input}, sum, b, 16);\n");
        if (rest > 0)
            text.Append($"\tlayer{i}_block(w, {input}, sum, {full}, {rest});\n");
        Finish(text, plan, layer);
    }

    private static void Finish(StringBuilder text, NetworkPlan plan, LayerPlan layer)
    {
        string output = LayerText.Output(plan, layer);
        text.Append($"\tkml_finish({output}, sum, w->b{layer.Index}, {layer.Outputs});\n");
        if (layer.Activation != LayerActivation.Identity)
            text.Append($"\tfor (int v = 0; v < {layer.Outputs}; v += KML_LANES)\n\t\tkml_store({output} + v, {Activated(layer, $"kml_load({output} + v)")});\n");
        text.Append("}\n\n");
    }

    private static void Entry(StringBuilder text, string model, string type, NetworkPlan plan)
    {
        string[] held = ["x", .. plan.Layers.Select(l => plan.StreamsIntoNext(l.Index) ? string.Empty : LayerText.Output(plan, l))];
        string Holds(int parity) => string.Join(", then ", held.Where((name, slot) => slot % 2 == parity && name.Length > 0));

        text.Append($"/* Bits in, bits out: a float never crosses in a register. */\nvoid KML_ISA(kml_{model}_infer)(const {type} *w, const kml_u32 *features, kml_u32 *out)\n{{\n");
        text.Append($"\tfloat even[{plan.EvenBuffer}];\t/* {Holds(0)} */\n");
        if (plan.OddBuffer > 0)
            text.Append($"\tfloat odd[{plan.OddBuffer}];\t/* {Holds(1)} */\n");
        text.Append("\n\tnormalise(w, features, even);\n");
        int slot = 0;
        string Buffer(int at) => at % 2 == 0 ? "even" : "odd";
        foreach (LayerPlan layer in plan.Layers)
        {
            if (layer.Index > 0 && plan.StreamsIntoNext(layer.Index - 1))
                continue;
            int target = slot + (plan.StreamsIntoNext(layer.Index) ? 2 : 1);
            text.Append($"\tlayer{layer.Index}(w, {Buffer(slot)}, {Buffer(target)});\n");
            slot = target;
        }

        string y = Buffer(slot);
        string labelled = $"{y}[0] * w->label[0] + w->label[1]";
        text.Append(plan.Shape.IsClassification
            ? $"\t*out = kml_argmax({y}, {plan.Shape.Outputs});\n"
            : plan.Shape.OutputType switch
            {
                ScalarType.F32 => $"\t*out = kml_f32_to_bits({labelled});\n",
                ScalarType.Q16 => $"\t*out = (kml_u32)kml_f32_to_q16({labelled});\n",
                _ => $"\t*out = (kml_u32)kml_f32_to_s32({labelled});\n",
            });
        text.Append("}\n");
    }

    private static string WideSum(LayerPlan layer) =>
        $"\tkml_wide(acc, blocks, &w->w{layer.Index}[0][16 * b], {layer.PaddedOutputs}, &w->b{layer.Index}[16 * b], {LayerText.Input(layer)}, {layer.Inputs});";

    private static string Groups(string function, string arguments, int blocks, string last) => $"""
        	for (b = 0; b + KML_GROUP <= {blocks}; b += KML_GROUP)
        		{function}({arguments}, b, KML_GROUP{last});
        	if ({blocks} % KML_GROUP)
        		{function}({arguments}, b, {blocks} % KML_GROUP{last});

        """;

    private static string Activated(LayerPlan layer, string value) => layer.Activation switch
    {
        LayerActivation.Relu => $"kml_vrelu({value})",
        LayerActivation.Sigmoid => $"kml_vsigmoid({value})",
        LayerActivation.Tanh => $"kml_vtanh({value})",
        _ => value,
    };
}
