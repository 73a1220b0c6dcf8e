using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>
/// The lowered form of a dense network: the order of evaluation of each layer, and the struct that holds the weights.
/// A pure function of the shape, never of weights or of an instruction set.
/// </summary>
/// <param name="Shape">What it was made from.</param>
/// <param name="Mean">Means that are subtracted from the features, padded to a multiple of 16.</param>
/// <param name="InvStd">What the differences are multiplied by, padded to a multiple of 16.</param>
/// <param name="Label">Scale and mean of a regression's label: y = out * label[0] + label[1]; the rest is padding. Null for a classification.</param>
/// <param name="IntegerInput">The integer twin's normalisation, one affine map a feature, to Q3.12; null without a twin.</param>
/// <param name="IntegerLabel">The map from a last layer's 16-bit activation to the label's raw units; null unless a regression ends in one.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Arrays">All arrays of the weights struct, in its order.</param>
/// <param name="Size">Bytes of the weights struct.</param>
public sealed record ModelProgram(
    ProgramShape Shape,
    WeightArray Mean,
    WeightArray InvStd,
    WeightArray? Label,
    WeightArray? IntegerInput,
    WeightArray? IntegerLabel,
    EquatableArray<DenseStage> Layers,
    EquatableArray<WeightArray> Arrays,
    int Size)
{
    /// <summary>The width from which a layer is evaluated across its outputs.</summary>
    public const int AcrossOutputsFrom = 8;

    /// <summary>Lanes, and the multiple to which arrays are padded.</summary>
    public const int Lanes = 16;

    /// <summary>The most bytes that an inference may keep on the stack: with registers and spills its frame then stays below 1,024.</summary>
    public const int MaxStackBytes = 704;

    /// <summary>Multiply-adds of one inference.</summary>
    public int MultiplyAdds => Layers.Sum(l => l.MultiplyAdds);

    /// <summary>Trained parameters.</summary>
    public int Parameters => Layers.Sum(l => l.MultiplyAdds + l.Outputs);

    /// <summary>The length of the array that holds the features and every second layer's outputs, in floats (in the integer twin, 16-bit integers).</summary>
    public int EvenBuffer => BufferLength(parity: 0);

    /// <summary>The length of the array that holds the other layers' outputs.</summary>
    public int OddBuffer => BufferLength(parity: 1);

    /// <summary>Bytes that an inference keeps on the stack: two buffers of activations, and the lanes of the widest narrow layer.</summary>
    public int StackBytes =>
        4 * (EvenBuffer + OddBuffer + (Lanes * Layers.Max(l => l.Order == DenseOrder.SixteenLanes ? l.Outputs : 0)));

    /// <summary>Whether an inference fits a kernel frame.</summary>
    public bool FitsFrame => StackBytes <= MaxStackBytes;

    /// <summary>The next multiple of 16.</summary>
    /// <param name="count">A count.</param>
    /// <returns>The padded count.</returns>
    public static int Pad(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>
    /// What a layer's scale yields in the integer twin. Hidden relu and identity layers: 16 bits in a scale chosen by the quantiser.
    /// Sigmoid and tanh: 16 bits, Q4.11 and Q3.12, the input of their table, whose output is Q0.15.
    /// A last layer without activation: 32 bits, the label's raw units, or class scores in one common scale.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <returns>Fraction bits where they are fixed, else null.</returns>
    public static int? IntegerFormat(DenseStage layer) => FractionBits(layer.Activation);

    /// <summary>The fixed format of an activation's input in the integer twin.</summary>
    /// <param name="activation">The activation.</param>
    /// <returns>Fraction bits of 16; null where the quantiser chooses a scale.</returns>
    public static int? FractionBits(LayerActivation activation) => activation switch
    {
        LayerActivation.Sigmoid => 11,
        LayerActivation.Tanh => 12,
        _ => null,
    };

    /// <summary>
    /// Whether a layer's outputs go block by block into the next layer's lanes, without being stored.
    /// The order of evaluation is the same; only the frame is smaller.
    /// </summary>
    /// <param name="layer">The layer's index.</param>
    /// <returns>True if they do.</returns>
    public bool StreamsIntoNext(int layer) =>
        Layers[layer].Order == DenseOrder.AcrossOutputs
        && layer + 1 < Layers.Count
        && Layers[layer + 1].Order == DenseOrder.SixteenLanes;

    /// <summary>Lowers a model's network.</summary>
    /// <param name="model">The model, free of errors.</param>
    /// <returns>The program.</returns>
    public static ModelProgram For(ModelSpec model) => For(ProgramShape.Of(model));

    /// <summary>Lowers a network.</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>The program.</returns>
    /// <exception cref="System.ArgumentException">The shape is none.</exception>
    public static ModelProgram For(ProgramShape shape)
    {
        shape.Validate();
        List<WeightArray> arrays = [];
        int offset = 0;

        WeightArray Add(string name, WeightElement element, params int[] dimensions)
        {
            WeightArray array = new(name, element, new(dimensions), offset);
            arrays.Add(array);
            offset += array.Bytes;
            return array;
        }

        WeightArray mean = Add("mean", WeightElement.F32, Pad(shape.Features));
        WeightArray invStd = Add("inv_std", WeightElement.F32, Pad(shape.Features));
        WeightArray? label = shape.IsClassification ? null : Add("label", WeightElement.F32, Lanes);

        List<DenseStage> layers = [];
        int inputs = shape.Features;
        for (int i = 0; i < shape.Layers.Count; i++)
        {
            int outputs = shape.Layers[i].Units;
            DenseOrder order = outputs >= AcrossOutputsFrom ? DenseOrder.AcrossOutputs : DenseOrder.SixteenLanes;
            WeightArray bias = Add(Name("b", i), WeightElement.F32, Pad(outputs));
            WeightArray weights = order == DenseOrder.AcrossOutputs
                ? Add(Name("w", i), WeightElement.F32, inputs, Pad(outputs))
                : Add(Name("w", i), WeightElement.F32, outputs, Pad(inputs));
            layers.Add(new(i, inputs, outputs, shape.Layers[i].Activation, order, bias, weights, null));
            inputs = outputs;
        }

        WeightArray? integerInput = null, integerLabel = null;
        if (shape.IntegerTwin)
        {
            integerInput = Add("int_input", WeightElement.Affine, shape.Features);
            for (int i = 0; i < layers.Count; i++)
            {
                int pairs = (layers[i].Outputs + 1) / 2;
                layers[i] = layers[i] with
                {
                    Integer = new(
                        Add(Name("int_b", i), WeightElement.Pair, pairs),
                        Add(Name("int_w", i), WeightElement.Pair, pairs, layers[i].Inputs),
                        Add(Name("int_scale", i), WeightElement.Affine, layers[i].Outputs)),
                };
            }

            if (!shape.IsClassification && layers[layers.Count - 1].Activation != LayerActivation.Identity)
                integerLabel = Add("int_label", WeightElement.Affine, 1);
        }

        return new(shape, mean, invStd, label, integerInput, integerLabel, new(layers), new(arrays), offset);
    }

    private static string Name(string stem, int layer) => stem + layer.ToString(CultureInfo.InvariantCulture);

    /// <summary>Slot 0 is the features, slot i + 1 the outputs of layer i; streamed outputs need no place.</summary>
    private int BufferLength(int parity)
    {
        int length = 0;
        for (int slot = parity; slot <= Layers.Count; slot += 2)
        {
            if (slot == 0 || !StreamsIntoNext(slot - 1))
                length = System.Math.Max(length, Pad(slot == 0 ? Shape.Features : Layers[slot - 1].Outputs));
        }

        return length;
    }
}
