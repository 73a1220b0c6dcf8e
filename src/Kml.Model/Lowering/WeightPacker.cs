using System;
using System.Collections.Generic;
using System.IO;

namespace Kml.Model.Lowering;

/// <summary>Writes weights as the bytes of the emitted <c>struct kml_&lt;model&gt;_weights</c>. Padding is zero.</summary>
public static class WeightPacker
{
    /// <summary>Packs weights.</summary>
    /// <param name="program">The program.</param>
    /// <param name="weights">The weights; if the program has an integer twin, with it.</param>
    /// <returns><see cref="ModelProgram.Size"/> bytes, little-endian.</returns>
    /// <exception cref="ArgumentException">A tensor has the wrong size, or the integer twin could overflow; the message says which.</exception>
    public static byte[] Pack(ModelProgram program, ProgramWeights weights)
    {
        WeightChecks.Length("mean", weights.Mean.Count, program.Shape.Features);
        WeightChecks.Length("inv_std", weights.InvStd.Count, program.Shape.Features);
        WeightChecks.Length("layers", weights.Layers.Count, program.Layers.Count);

        byte[] bytes = new byte[program.Size];
        using MemoryStream stream = new(bytes);
        using BinaryWriter writer = new(stream);
        Floats(writer, program.Normalise.Mean, weights.Mean);
        Floats(writer, program.Normalise.InvStd, weights.InvStd);
        if (program.Head.Label is not null)
            Floats(writer, program.Head.Label, [weights.LabelScale, weights.LabelMean]);
        foreach (DenseStage layer in program.Layers)
            Layer(writer, layer, weights.Layers[layer.Index]);
        if (program.Shape.IntegerTwin)
            Integer(writer, program, weights.Integer ?? throw new ArgumentException("The network has an integer twin, but the weights have none."));
        return bytes;
    }

    private static void Layer(BinaryWriter writer, DenseStage program, LayerWeights weights)
    {
        WeightChecks.Length($"b{program.Index}", weights.Bias.Count, program.Outputs);
        WeightChecks.Length($"w{program.Index}", weights.Weights.Count, program.MultiplyAdds);
        Floats(writer, program.Bias, weights.Bias);
        bool across = program.Order == DenseOrder.AcrossOutputs;
        for (int i = 0; i < program.Inputs; i++)
        {
            for (int o = 0; o < program.Outputs; o++)
            {
                Seek(writer, program.Weights, across ? (i * program.PaddedOutputs) + o : (o * program.PaddedInputs) + i);
                writer.Write(weights.Weights[(i * program.Outputs) + o]);
            }
        }
    }

    private static void Integer(BinaryWriter writer, ModelProgram program, IntegerWeights weights)
    {
        weights.Validate(program);
        Affines(writer, program.Normalise.Integer!, weights.Input);
        foreach (DenseStage layer in program.Layers)
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

        if (program.Head.Integer is not null)
            Affines(writer, program.Head.Integer, [weights.Label!.Value]);
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
