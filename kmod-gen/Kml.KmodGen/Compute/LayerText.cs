using System.Globalization;
using System.Linq;
using Kml.KmodGen.Compute.Stages;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>How layers are named and described in the emitted C.</summary>
internal static class LayerText
{
    /// <summary>The vector that a layer reads: x, h0, h1, ...</summary>
    public static string Input(DenseStage layer) => layer.Index == 0 ? "x" : "h" + Number(layer.Index - 1);

    /// <summary>The vector that a layer writes: h0, h1, ..., y.</summary>
    public static string Output(ModelProgram program, DenseStage layer) =>
        layer.Index == program.Layers.Count - 1 ? "y" : "h" + Number(layer.Index);

    /// <summary>All that a program computes, a line a stage behind normalisation.</summary>
    public static string[] Steps(ModelProgram program) => [.. program.Layers.Select(l => Shape(program, l)), Head(program)];

    /// <summary>A layer in one line: <c>h0: 16 = relu(W0[5][16] x[5] + b0)</c>.</summary>
    public static string Shape(ModelProgram program, DenseStage layer)
    {
        string i = Number(layer.Index);
        string dimensions = layer.Order == DenseOrder.AcrossOutputs ? $"[{layer.Inputs}][{layer.Outputs}]" : $"[{layer.Outputs}][{layer.Inputs}]";
        string sum = $"W{i}{dimensions} {Input(layer)}[{layer.Inputs}] + b{i}";
        return $"{Output(program, layer)}: {layer.Outputs} = " + (layer.Activation == LayerActivation.Identity ? sum : $"{ActivationWord.Of(layer.Activation)}({sum})");
    }

    /// <summary>What the head makes of y, in one line.</summary>
    public static string Head(ModelProgram program) =>
        program.Shape.IsClassification
            ? "out: the index of the greatest y"
            : $"out: y[0] * label[0] + label[1], {program.Shape.OutputType switch
            {
                ScalarType.F32 => "as a float's bits",
                ScalarType.Q16 => "as a Q16, saturated",
                _ => "as an s32, saturated",
            }}";

    /// <summary>A number in C.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
