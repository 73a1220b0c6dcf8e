using System;
using System.Linq;
using System.Text;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Benchmarks;

/// <summary>
/// Renders the network as it is written by hand, with libm's exp, reading the same weights struct: without much thought, a loop an output;
/// or with the loops in the order of the weights and as many partial sums as the emitted code has, so that the compiler can vectorise them.
/// </summary>
internal static class NaiveSource
{
    /// <summary>Renders it.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="program">Its program.</param>
    /// <param name="vectorisable">Whether the loops are turned round.</param>
    /// <returns>The file; its function's name is the macro <c>NAIVE</c>.</returns>
    public static string Render(string model, ModelProgram program, bool vectorisable)
    {
        if (program.Between.FirstOrDefault(s => s is not DenseStage) is { } other)
            throw new NotSupportedException($"Nobody wrote a {other.GetType().Name} by hand.");
        StringBuilder text = new(Normalised(model, program));
        foreach (DenseStage layer in program.DenseLayers)
        {
            text.Append(!vectorisable ? OutputByOutput(layer) : layer.Order == DenseOrder.AcrossOutputs ? InputByInput(layer) : LaneByLane(layer));
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

    /// <summary>Whether all sums are made in the emitted code's order, and nothing is asked of libm: then the bits are the same.</summary>
    /// <param name="program">The program.</param>
    /// <param name="vectorisable">Whether the loops are turned round.</param>
    /// <returns>Whether they are.</returns>
    public static bool KeepsBits(ModelProgram program, bool vectorisable) => program.DenseLayers.All(layer =>
        (vectorisable || layer.Order == DenseOrder.AcrossOutputs) && layer.Activation is LayerActivation.Identity or LayerActivation.Relu);

    /// <summary>The beginning of the function: features, normalised.</summary>
    private static string Normalised(string model, ModelProgram program) => $$"""
        #include <math.h>
        #include "kml_arith_float.h"
        #include "{{model}}_weights.h"
        void NAIVE(const struct kml_{{model}}_weights *w, const kml_u32 *features, kml_u32 *out);
        void NAIVE(const struct kml_{{model}}_weights *w, const kml_u32 *features, kml_u32 *out)
        {
        	static const float unit = {{(program.Shape.FeatureType == ScalarType.Q16 ? "1.0f / 65536.0f" : "1.0f")}};
        	float a[{{program.DenseLayers.Max(l => System.Math.Max(l.Inputs, l.Outputs))}}], b[{{program.DenseLayers.Max(l => l.Outputs)}}];
        	int i, o, best = 0;

        	for (i = 0; i < {{program.Shape.Features}}; i++)
        		a[i] = ({{(program.Shape.FeatureType == ScalarType.F32 ? "kml_f32_from_bits(features[i])" : "(float)(kml_s32)features[i]")}} * unit - w->mean[i]) * w->inv_std[i];

        """;

    private static string OutputByOutput(DenseStage layer) => $$"""
        	for (o = 0; o < {{layer.Outputs}}; o++) {
        		float sum = w->b{{layer.Index}}[o];

        		for (i = 0; i < {{layer.Inputs}}; i++)
        			sum += w->w{{layer.Index}}{{(layer.Order == DenseOrder.AcrossOutputs ? "[i][o]" : "[o][i]")}} * a[i];
        		b[o] = {{Activated(layer)}};
        	}

        """;

    private static string InputByInput(DenseStage layer) => $$"""
        	for (o = 0; o < {{layer.Outputs}}; o++)
        		b[o] = w->b{{layer.Index}}[o];
        	for (i = 0; i < {{layer.Inputs}}; i++)
        		for (o = 0; o < {{layer.Outputs}}; o++)
        			b[o] += w->w{{layer.Index}}[i][o] * a[i];
        	for (o = 0; o < {{layer.Outputs}}; o++) {
        		float sum = b[o];

        		b[o] = {{Activated(layer)}};
        	}

        """;

    /// <summary>Sixteen partial sums, added by halves, as the emitted code does.</summary>
    private static string LaneByLane(DenseStage layer) => $$"""
        	for (o = 0; o < {{layer.Outputs}}; o++) {
        		float lane[16] = { 0.0f }, sum;
        		int l;

        		for (i = 0; i + 16 <= {{layer.Inputs}}; i += 16)
        			for (l = 0; l < 16; l++)
        				lane[l] += w->w{{layer.Index}}[o][i + l] * a[i + l];
        		for (l = 0; i + l < {{layer.Inputs}}; l++)
        			lane[l] += w->w{{layer.Index}}[o][i + l] * a[i + l];
        		for (l = 0; l < 8; l++)
        			lane[l] += lane[l + 8];
        		for (l = 0; l < 4; l++)
        			lane[l] += lane[l + 4];
        		for (l = 0; l < 2; l++)
        			lane[l] += lane[l + 2];
        		sum = lane[0] + lane[1] + w->b{{layer.Index}}[o];
        		b[o] = {{Activated(layer)}};
        	}

        """;

    private static string Activated(DenseStage layer) => layer.Activation switch
    {
        LayerActivation.Relu => "sum > 0.0f ? sum : 0.0f",
        LayerActivation.Sigmoid => "1.0f / (1.0f + expf(-sum))",
        LayerActivation.Tanh => "tanhf(sum)",
        _ => "sum",
    };
}
