using System.Linq;
using System.Text;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Benchmarks;

/// <summary>
/// Renders the network as it is written by hand, with libm's exp, reading the same weights struct: without much thought, a loop an output;
/// or with the loops in the order of the weights, so that the compiler can vectorise them.
/// </summary>
internal static class NaiveSource
{
    public static string Render(string model, ModelProgram program, bool vectorisable)
    {
        string type = $"struct kml_{model}_weights";
        StringBuilder text = new();
        text.Append($$"""
            #include <math.h>
            #include "kml_arith_float.h"
            #include "{{model}}_weights.h"
            void NAIVE(const {{type}} *w, const kml_u32 *features, kml_u32 *out);
            void NAIVE(const {{type}} *w, const kml_u32 *features, kml_u32 *out)
            {
            	static const float unit = {{(program.Shape.FeatureType == ScalarType.Q16 ? "1.0f / 65536.0f" : "1.0f")}};
            	float a[{{program.DenseLayers.Max(l => System.Math.Max(l.Inputs, l.Outputs))}}], b[{{program.DenseLayers.Max(l => l.Outputs)}}];
            	int i, o, best = 0;

            	for (i = 0; i < {{program.Shape.Features}}; i++)
            		a[i] = ({{(program.Shape.FeatureType == ScalarType.F32 ? "kml_f32_from_bits(features[i])" : "(float)(kml_s32)features[i]")}} * unit - w->mean[i]) * w->inv_std[i];

            """);
        foreach (DenseStage layer in program.DenseLayers)
        {
            string weight = layer.Order == DenseOrder.AcrossOutputs ? $"w->w{layer.Index}[i][o]" : $"w->w{layer.Index}[o][i]";
            string activated = layer.Activation switch
            {
                LayerActivation.Relu => "sum > 0.0f ? sum : 0.0f",
                LayerActivation.Sigmoid => "1.0f / (1.0f + expf(-sum))",
                LayerActivation.Tanh => "tanhf(sum)",
                _ => "sum",
            };
            text.Append(layer.Order == DenseOrder.AcrossOutputs && vectorisable
                ? $$"""
                	for (o = 0; o < {{layer.Outputs}}; o++)
                		b[o] = w->b{{layer.Index}}[o];
                	for (i = 0; i < {{layer.Inputs}}; i++)
                		for (o = 0; o < {{layer.Outputs}}; o++)
                			b[o] += {{weight}} * a[i];
                	for (o = 0; o < {{layer.Outputs}}; o++) {
                		float sum = b[o];

                		b[o] = {{activated}};
                	}

                """
                : $$"""
                	for (o = 0; o < {{layer.Outputs}}; o++) {
                		float sum = w->b{{layer.Index}}[o];

                		for (i = 0; i < {{layer.Inputs}}; i++)
                			sum += {{weight}} * a[i];
                		b[o] = {{activated}};
                	}

                """);
            text.Append($$"""
                	for (o = 0; o < {{layer.Outputs}}; o++)
                		a[o] = b[o];

                """);
        }

        return text.Append($$"""
            	for (o = 1; o < {{program.Shape.Outputs}}; o++)
            		best = a[o] > a[best] ? o : best;
            	*out = (kml_u32)best;
            }

            """).ToString();
    }
}
