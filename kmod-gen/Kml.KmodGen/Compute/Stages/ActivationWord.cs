using System;
using Kml.Model;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>The word by which templates and C functions know an activation: <c>kml_vrelu</c>, <c>sigmoid_table</c>.</summary>
internal static class ActivationWord
{
    public static string Of(LayerActivation activation) => activation switch
    {
        LayerActivation.Identity => "identity",
        LayerActivation.Relu => "relu",
        LayerActivation.Sigmoid => "sigmoid",
        LayerActivation.Tanh => "tanh",
        _ => throw new NotSupportedException($"No template has an activation {activation}."),
    };
}
