using System;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Inference.Stages;

/// <summary>A dense layer in integers: the layer functions of <c>&lt;model&gt;_infer_int.c</c>.</summary>
internal static class DenseInteger
{
    /// <summary>Runs the layer.</summary>
    /// <param name="stage">The layer.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="x">Its inputs, of 16 bits.</param>
    /// <param name="y">Its outputs: of 16 bits, or of 32 where they are scores.</param>
    public static void Run(DenseStage stage, PackedWeights weights, ReadOnlySpan<int> x, Span<int> y)
    {
        Accumulate(stage, weights, x, y);
        ReadOnlySpan<Affine> scale = weights.Affines(stage.Integer!.Scale);
        for (int o = 0; o < stage.Outputs; o++)
        {
            long value = scale[o].Apply(y[o]);
            y[o] = stage.GivesScores ? Saturation.To32(value) : Activate(stage.Activation, Saturation.To16(value));
        }
    }

    /// <summary>Two outputs to a 64-bit accumulator: the sum of the even one is its low half, which borrows from the odd one's if negative.</summary>
    private static void Accumulate(DenseStage stage, PackedWeights weights, ReadOnlySpan<int> x, Span<int> sums)
    {
        ReadOnlySpan<long> bias = weights.Pairs(stage.Integer!.Bias), w = weights.Pairs(stage.Integer.Weights);
        for (int pair = 0; pair < bias.Length; pair++)
        {
            long sum = bias[pair];
            ReadOnlySpan<long> row = w.Slice(pair * stage.Inputs, stage.Inputs);
            for (int i = 0; i < row.Length; i++)
                sum = unchecked(sum + (x[i] * row[i]));
            sums[2 * pair] = (int)sum;
            if ((2 * pair) + 1 < stage.Outputs)
                sums[(2 * pair) + 1] = (int)(unchecked(sum - (int)sum) >> 32);
        }
    }

    private static int Activate(LayerActivation activation, int y) => activation switch
    {
        LayerActivation.Identity => y,
        LayerActivation.Relu => Math.Max(y, 0),
        LayerActivation.Sigmoid or LayerActivation.Tanh => ActivationTable.Of(activation).Lookup(y),
        _ => throw new NotSupportedException($"This engine has no {activation}."),
    };
}
