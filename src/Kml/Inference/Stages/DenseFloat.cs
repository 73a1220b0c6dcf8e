using System;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Inference.Stages;

/// <summary>A dense layer in floating point, in the order that <see cref="DenseOrder"/> says: the layer functions of <c>&lt;model&gt;_infer.c</c>.</summary>
internal static class DenseFloat
{
    public static void Run(DenseStage stage, PackedWeights weights, ReadOnlySpan<float> x, Span<float> y)
    {
        if (stage.Order == DenseOrder.AcrossOutputs)
            AcrossOutputs(stage, weights, x, y);
        else
            SixteenLanes(stage, weights, x, y);
        Activate(stage.Activation, y[..stage.Outputs]);
    }

    private static void AcrossOutputs(DenseStage stage, PackedWeights weights, ReadOnlySpan<float> x, Span<float> y)
    {
        ReadOnlySpan<float> w = weights.Floats(stage.Weights);
        weights.Floats(stage.Bias)[..stage.Outputs].CopyTo(y);
        for (int i = 0; i < stage.Inputs; i++)
        {
            ReadOnlySpan<float> row = w.Slice(i * stage.PaddedOutputs, stage.Outputs);
            for (int o = 0; o < row.Length; o++)
                y[o] += row[o] * x[i];
        }
    }

    private static void SixteenLanes(DenseStage stage, PackedWeights weights, ReadOnlySpan<float> x, Span<float> y)
    {
        ReadOnlySpan<float> w = weights.Floats(stage.Weights), bias = weights.Floats(stage.Bias);
        Span<float> lanes = stackalloc float[ModelProgram.Lanes];
        for (int o = 0; o < stage.Outputs; o++)
        {
            lanes.Clear();
            ReadOnlySpan<float> row = w.Slice(o * stage.PaddedInputs, stage.Inputs);
            for (int i = 0; i < row.Length; i++)
                lanes[i % ModelProgram.Lanes] += row[i] * x[i];
            for (int half = ModelProgram.Lanes / 2; half > 0; half /= 2)
            {
                for (int l = 0; l < half; l++)
                    lanes[l] += lanes[l + half];
            }

            y[o] = lanes[0] + bias[o];
        }
    }

    private static void Activate(LayerActivation activation, Span<float> y)
    {
        for (int o = 0; o < y.Length; o++)
        {
            y[o] = activation switch
            {
                LayerActivation.Identity => y[o],
                LayerActivation.Relu => y[o] < 0f ? 0f : y[o],
                LayerActivation.Sigmoid => KmlMath.Sigmoid(y[o]),
                LayerActivation.Tanh => KmlMath.Tanh(y[o]),
                _ => throw new NotSupportedException($"This engine has no {activation}."),
            };
        }
    }
}
