using System;
using System.Collections.Generic;

namespace Kml.Model.Lowering;

/// <summary>The weights of a network in their logical form, without padding: what training yields and a weights file holds.</summary>
/// <param name="Mean">Means of the features.</param>
/// <param name="InvStd">Reciprocal standard deviations of the features.</param>
/// <param name="Layers">The layers.</param>
/// <param name="LabelScale">What a regression's output is multiplied by; 1 for a classification.</param>
/// <param name="LabelMean">What is then added; 0 for a classification.</param>
/// <param name="Integer">The integer twin's weights, or null.</param>
public sealed record ProgramWeights(
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> InvStd,
    IReadOnlyList<LayerWeights> Layers,
    float LabelScale,
    float LabelMean,
    IntegerWeights? Integer);

/// <summary>A layer's weights.</summary>
/// <param name="Weights">[inputs][outputs].</param>
/// <param name="Bias">[outputs].</param>
public sealed record LayerWeights(IReadOnlyList<float> Weights, IReadOnlyList<float> Bias);

/// <summary>The weights of an integer twin.</summary>
/// <param name="Input">One map a feature: raw value to Q3.12.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Label">Where a regression ends in an activation, the map from its 16 bits to the label's raw units; else null.</param>
public sealed record IntegerWeights(IReadOnlyList<Affine> Input, IReadOnlyList<IntegerLayerWeights> Layers, Affine? Label)
{
    /// <summary>Checks sizes, and that no sum can overflow whatever the features are.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    public void Validate(ModelProgram program)
    {
        if (program.Normalise.Integer is null)
            throw new ArgumentException("The network has no integer twin, but the weights have one.");
        WeightChecks.Length("int_input", Input.Count, program.Shape.Features);
        WeightChecks.Length("integer layers", Layers.Count, program.Layers.Count);
        if (Label is null != program.Head.Integer is null)
            throw new ArgumentException($"int_label is {(Label is null ? "missing" : "not used by this network")}.");
        WeightChecks.Safe("int_input", Input);
        if (Label is Affine label)
            WeightChecks.Safe("int_label", [label]);
        foreach (DenseStage layer in program.Layers)
            Layers[layer.Index].Validate(layer);
    }
}

/// <summary>A layer's weights in an integer twin.</summary>
/// <param name="Weights">[inputs][outputs].</param>
/// <param name="Bias">[outputs], in the accumulator's units.</param>
/// <param name="Scale">One map an output, from the accumulator to the layer's output format.</param>
public sealed record IntegerLayerWeights(IReadOnlyList<short> Weights, IReadOnlyList<int> Bias, IReadOnlyList<Affine> Scale)
{
    internal void Validate(DenseStage layer)
    {
        WeightChecks.Length($"int_w{layer.Index}", Weights.Count, layer.MultiplyAdds);
        WeightChecks.Length($"int_b{layer.Index}", Bias.Count, layer.Outputs);
        WeightChecks.Length($"int_scale{layer.Index}", Scale.Count, layer.Outputs);
        WeightChecks.Safe($"int_scale{layer.Index}", Scale);
        for (int o = 0; o < layer.Outputs; o++)
        {
            long bound = Math.Abs((long)Bias[o]);
            for (int i = 0; i < layer.Inputs; i++)
                bound += Math.Abs((int)Weights[(i * layer.Outputs) + o]) * 32768L;
            if (bound > int.MaxValue)
                throw new ArgumentException($"Output {o} of integer layer {layer.Index} can overflow: its sum reaches {bound}, the limit is {int.MaxValue}. Quantise the weights again.");
        }
    }
}

internal static class WeightChecks
{
    public static void Length(string name, int actual, int expected)
    {
        if (actual != expected)
            throw new ArgumentException($"{name} has {actual} elements, this network needs {expected}.");
    }

    public static void Safe(string name, IReadOnlyList<Affine> maps)
    {
        for (int i = 0; i < maps.Count; i++)
        {
            if (!maps[i].IsSafe)
                throw new ArgumentException($"{name}[{i}] is out of range: {maps[i]}.");
        }
    }
}
