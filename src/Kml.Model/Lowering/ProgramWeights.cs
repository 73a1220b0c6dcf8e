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
        if (!program.Shape.IntegerTwin)
            throw new ArgumentException("The network has no integer twin, but the weights have one.");
        WeightChecks.Length("integer layers", Layers.Count, program.DenseLayers.Count);
        foreach (Stage stage in program.Stages)
            stage.Validate(this);
    }
}

/// <summary>A layer's weights in an integer twin.</summary>
/// <param name="Weights">[inputs][outputs].</param>
/// <param name="Bias">[outputs], in the accumulator's units.</param>
/// <param name="Scale">One map an output, from the accumulator to the layer's output format.</param>
public sealed record IntegerLayerWeights(IReadOnlyList<short> Weights, IReadOnlyList<int> Bias, IReadOnlyList<Affine> Scale);
