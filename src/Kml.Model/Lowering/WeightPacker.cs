using System;
using System.Collections.Generic;
using System.IO;

namespace Kml.Model.Lowering;

/// <summary>Writes weights as the bytes of the emitted <c>struct kml_&lt;model&gt;_weights</c>. Padding is zero.</summary>
public static class WeightPacker
{
    /// <summary>Packs weights.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="weights">The weights; if the plan has an integer twin, with it.</param>
    /// <returns><see cref="NetworkPlan.Size"/> bytes, little-endian.</returns>
    /// <exception cref="ArgumentException">A tensor has the wrong size, or the integer twin could overflow; the message says which.</exception>
    public static byte[] Pack(NetworkPlan plan, NetworkWeights weights)
    {
        WeightChecks.Length("mean", weights.Mean.Count, plan.Shape.Features);
        WeightChecks.Length("inv_std", weights.InvStd.Count, plan.Shape.Features);
        WeightChecks.Length("layers", weights.Layers.Count, plan.Layers.Count);

        byte[] bytes = new byte[plan.Size];
        using MemoryStream stream = new(bytes);
        using BinaryWriter writer = new(stream);
        Floats(writer, plan.Mean, weights.Mean);
        Floats(writer, plan.InvStd, weights.InvStd);
        if (plan.Label is not null)
            Floats(writer, plan.Label, [weights.LabelScale, weights.LabelMean]);
        foreach (LayerPlan layer in plan.Layers)
            Layer(writer, layer, weights.Layers[layer.Index]);
        if (plan.Shape.IntegerTwin)
            Integer(writer, plan, weights.Integer ?? throw new ArgumentException("The network has an integer twin, but the weights have none."));
        return bytes;
    }

    private static void Layer(BinaryWriter writer, LayerPlan plan, LayerWeights weights)
    {
        WeightChecks.Length($"b{plan.Index}", weights.Bias.Count, plan.Outputs);
        WeightChecks.Length($"w{plan.Index}", weights.Weights.Count, plan.MultiplyAdds);
        Floats(writer, plan.Bias, weights.Bias);
        bool across = plan.Order == LayerOrder.AcrossOutputs;
        for (int i = 0; i < plan.Inputs; i++)
        {
            for (int o = 0; o < plan.Outputs; o++)
            {
                Seek(writer, plan.Weights, across ? (i * plan.PaddedOutputs) + o : (o * plan.PaddedInputs) + i);
                writer.Write(weights.Weights[(i * plan.Outputs) + o]);
            }
        }
    }

    private static void Integer(BinaryWriter writer, NetworkPlan plan, IntegerWeights weights)
    {
        weights.Validate(plan);
        Affines(writer, plan.IntegerInput!, weights.Input);
        foreach (LayerPlan layer in plan.Layers)
        {
            IntegerLayerWeights tensors = weights.Layers[layer.Index];
            Affines(writer, layer.Integer!.Scale, tensors.Scale);
            for (int pair = 0; pair < layer.Integer.Bias.Count; pair++)
            {
                int even = 2 * pair, odd = even + 1;
                bool both = odd < layer.Outputs;
                Pair(writer, layer.Integer.Bias, pair, tensors.Bias[even], both ? tensors.Bias[odd] : 0);
                for (int i = 0; i < layer.Inputs; i++)
                {
                    int row = i * layer.Outputs;
                    Pair(writer, layer.Integer.Weights, (pair * layer.Inputs) + i, tensors.Weights[row + even], both ? tensors.Weights[row + odd] : 0);
                }
            }
        }

        if (plan.IntegerLabel is not null)
            Affines(writer, plan.IntegerLabel, [weights.Label!.Value]);
    }

    private static void Floats(BinaryWriter writer, WeightArray array, IReadOnlyList<float> values)
    {
        Seek(writer, array, 0);
        foreach (float value in values)
            writer.Write(value);
    }

    private static void Affines(BinaryWriter writer, WeightArray array, IReadOnlyList<Affine> maps)
    {
        Seek(writer, array, 0);
        foreach (Affine map in maps)
        {
            writer.Write(map.Add);
            writer.Write(map.Mul);
            writer.Write(map.Shift);
        }
    }

    private static void Pair(BinaryWriter writer, WeightArray array, int index, int even, int odd)
    {
        Seek(writer, array, index);
        writer.Write(even + ((long)odd << 32));
    }

    private static void Seek(BinaryWriter writer, WeightArray array, int index) =>
        writer.BaseStream.Position = array.Offset + ((long)index * (array.Bytes / array.Count));
}
