using System;
using System.Globalization;

namespace Kml.Model.Lowering;

/// <summary>A dense layer, y = activation(W x + b): how it is evaluated and where its weights lie.</summary>
/// <param name="Index">Which of the dense layers, from 0.</param>
/// <param name="Inputs">Inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="Activation">What is applied to each output.</param>
/// <param name="Order">The order of evaluation in floating point.</param>
/// <param name="StreamsIntoNext">
/// Whether its outputs go block by block into the next layer's lanes, without being stored. The order of evaluation is the same; only the frame is smaller.
/// </param>
/// <param name="GivesScores">
/// Whether nothing but the head follows, and no activation: the integer form then gives 32 bits an output, which the head takes as they are.
/// </param>
/// <param name="Bias">Float biases, padded to a multiple of 16.</param>
/// <param name="Weights">Float weights.</param>
/// <param name="Integer">The layer's arrays in the integer form, or null.</param>
public sealed record DenseStage(
    int Index,
    int Inputs,
    int Outputs,
    LayerActivation Activation,
    DenseOrder Order,
    bool StreamsIntoNext,
    bool GivesScores,
    WeightArray Bias,
    WeightArray Weights,
    DenseIntegerArrays? Integer)
    : Stage(Inputs, Outputs)
{
    /// <summary>The width from which a layer is evaluated across its outputs.</summary>
    public const int AcrossOutputsFrom = 8;

    /// <summary>Inputs, padded to a multiple of 16.</summary>
    public int PaddedInputs => ModelProgram.Pad(Inputs);

    /// <summary>Outputs, padded to a multiple of 16.</summary>
    public int PaddedOutputs => ModelProgram.Pad(Outputs);

    /// <inheritdoc/>
    public override int MultiplyAdds => Inputs * Outputs;

    /// <inheritdoc/>
    public override int Parameters => MultiplyAdds + Outputs;

    /// <inheritdoc/>
    public override bool ReadsPadding => Order == DenseOrder.SixteenLanes;

    /// <inheritdoc/>
    public override int FloatLength => StreamsIntoNext ? 0 : PaddedOutputs;

    /// <summary>None where it gives scores: the head keeps those.</summary>
    public override int IntegerLength => GivesScores ? 0 : Outputs;

    /// <summary>The lanes of a narrow layer.</summary>
    public override int FloatScratch => Order == DenseOrder.SixteenLanes ? sizeof(float) * ModelProgram.Lanes * Outputs : 0;

    /// <summary>
    /// Fraction bits of what the layer's scale yields in the integer form, where they are fixed, else null. Hidden relu and identity layers: 16 bits in
    /// a scale chosen by the quantiser. Sigmoid and tanh: 16 bits, Q4.11 and Q3.12, the input of their table, whose output is Q0.15.
    /// Where it gives scores: 32 bits, see <see cref="GivesScores"/>.
    /// </summary>
    public int? IntegerFormat => FractionBits(Activation);

    /// <inheritdoc/>
    public override int Curves => IntegerFormat is null ? 0 : Outputs;

    /// <summary>The fixed format of an activation's input in the integer form: that of a curve, which has a table there.</summary>
    /// <param name="activation">The activation.</param>
    /// <returns>Fraction bits of 16; null where the quantiser chooses a scale.</returns>
    public static int? FractionBits(LayerActivation activation) => activation switch
    {
        LayerActivation.Identity or LayerActivation.Relu => null,
        LayerActivation.Sigmoid => 11,
        LayerActivation.Tanh => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No activation."),
    };

    internal static DenseStage Lower(LayerSpec layer, int index, int inputs, WeightLayout layout)
    {
        DenseOrder order = layer.Units >= AcrossOutputsFrom ? DenseOrder.AcrossOutputs : DenseOrder.SixteenLanes;
        WeightArray bias = layout.Add(Name("b", index), WeightElement.F32, ModelProgram.Pad(layer.Units));
        WeightArray weights = order == DenseOrder.AcrossOutputs
            ? layout.Add(Name("w", index), WeightElement.F32, inputs, ModelProgram.Pad(layer.Units))
            : layout.Add(Name("w", index), WeightElement.F32, layer.Units, ModelProgram.Pad(inputs));
        return new(index, inputs, layer.Units, layer.Activation, order, StreamsIntoNext: false, GivesScores: false, bias, weights, null);
    }

    internal override Stage Before(Stage? next) => this with
    {
        StreamsIntoNext = Order == DenseOrder.AcrossOutputs && next is DenseStage { Order: DenseOrder.SixteenLanes },
        GivesScores = next is null && Activation == LayerActivation.Identity,
    };

    internal override Stage WithInteger(WeightLayout layout)
    {
        int pairs = (Outputs + 1) / 2;
        return this with
        {
            Integer = new(
                layout.Add(Name("int_b", Index), WeightElement.Pair, pairs),
                layout.Add(Name("int_w", Index), WeightElement.Pair, pairs, Inputs),
                layout.Add(Name("int_scale", Index), WeightElement.Affine, Outputs)),
        };
    }

    internal override void Pack(ProgramWeights weights, WeightWriter writer)
    {
        LayerWeights layer = weights.Layers[Index];
        WeightChecks.Length(Name("b", Index), layer.Bias.Count, Outputs);
        WeightChecks.Length(Name("w", Index), layer.Weights.Count, MultiplyAdds);
        writer.Floats(Bias, layer.Bias);
        bool across = Order == DenseOrder.AcrossOutputs;
        for (int i = 0; i < Inputs; i++)
        {
            for (int o = 0; o < Outputs; o++)
                writer.Float(Weights, across ? (i * PaddedOutputs) + o : (o * PaddedInputs) + i, layer.Weights[(i * Outputs) + o]);
        }
    }

    internal override void PackInteger(IntegerWeights weights, WeightWriter writer)
    {
        IntegerLayerWeights layer = weights.Layers[Index];
        writer.Affines(Integer!.Scale, layer.Scale);
        for (int pair = 0; pair < Integer.Bias.Count; pair++)
        {
            int even = 2 * pair, odd = even + 1;
            bool both = odd < Outputs;
            writer.Pair(Integer.Bias, pair, layer.Bias[even], both ? layer.Bias[odd] : 0);
            for (int i = 0; i < Inputs; i++)
            {
                int row = i * Outputs;
                writer.Pair(Integer.Weights, (pair * Inputs) + i, layer.Weights[row + even], both ? layer.Weights[row + odd] : 0);
            }
        }
    }

    internal override void Validate(IntegerWeights weights)
    {
        IntegerLayerWeights layer = weights.Layers[Index];
        WeightChecks.Length(Name("int_w", Index), layer.Weights.Count, MultiplyAdds);
        WeightChecks.Length(Name("int_b", Index), layer.Bias.Count, Outputs);
        WeightChecks.Length(Name("int_scale", Index), layer.Scale.Count, Outputs);
        WeightChecks.Safe(Name("int_scale", Index), layer.Scale);
        for (int o = 0; o < Outputs; o++)
        {
            long bound = Math.Abs((long)layer.Bias[o]);
            for (int i = 0; i < Inputs; i++)
                bound += Math.Abs((int)layer.Weights[(i * Outputs) + o]) * 32768L;
            if (bound > int.MaxValue)
            {
                throw new ArgumentException($"Output {o} of integer layer {Index} can overflow: its sum reaches {bound}, "
                    + $"the limit is {int.MaxValue}. Quantise the weights again.");
            }
        }
    }

    private static string Name(string stem, int layer) => stem + layer.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// A layer of the integer form: 16-bit inputs and weights, two outputs to a 64-bit accumulator,
/// then a scale an output. The accumulators begin as the biases and take w * x for inputs in ascending order.
/// </summary>
/// <param name="Bias">Bias pairs, [outputs / 2].</param>
/// <param name="Weights">Weight pairs, [outputs / 2][inputs].</param>
/// <param name="Scale">One affine map an output, to the layer's output format: see <see cref="DenseStage.IntegerFormat"/>.</param>
public sealed record DenseIntegerArrays(WeightArray Bias, WeightArray Weights, WeightArray Scale);
