namespace Kml.Model.Lowering;

/// <summary>The order in which a dense layer is evaluated. Engines keep it to the operation.</summary>
public enum DenseOrder
{
    /// <summary>
    /// Eight outputs or more, padded to a multiple of 16: each output begins as its bias and takes w * x for inputs in ascending order.
    /// Weights are [inputs][padded outputs].
    /// </summary>
    AcrossOutputs,

    /// <summary>
    /// Fewer than eight outputs: lane l of 16 begins as 0 and takes w * x for inputs l, l + 16, ...; then lane l takes lane l + 8,
    /// then l + 4, l + 2, l + 1; then lane 0 takes the bias. Weights are [outputs][padded inputs].
    /// </summary>
    SixteenLanes,
}

/// <summary>How one layer is evaluated and where its weights lie.</summary>
/// <param name="Index">Which layer, from 0.</param>
/// <param name="Inputs">Inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="Activation">What is applied to each output.</param>
/// <param name="Order">The order of evaluation in floating point.</param>
/// <param name="Bias">Float biases, padded to a multiple of 16.</param>
/// <param name="Weights">Float weights.</param>
/// <param name="Integer">The layer's arrays in the integer twin, or null.</param>
public sealed record DenseStage(
    int Index,
    int Inputs,
    int Outputs,
    LayerActivation Activation,
    DenseOrder Order,
    WeightArray Bias,
    WeightArray Weights,
    DenseIntegerArrays? Integer)
{
    /// <summary>Inputs, padded to a multiple of 16.</summary>
    public int PaddedInputs => ModelProgram.Pad(Inputs);

    /// <summary>Outputs, padded to a multiple of 16.</summary>
    public int PaddedOutputs => ModelProgram.Pad(Outputs);

    /// <summary>Multiply-adds, without padding.</summary>
    public int MultiplyAdds => Inputs * Outputs;
}

/// <summary>
/// A layer of the integer twin: 16-bit inputs and weights, two outputs to a 64-bit accumulator,
/// then a scale an output. The accumulators begin as the biases and take w * x for inputs in ascending order.
/// </summary>
/// <param name="Bias">Bias pairs, [outputs / 2].</param>
/// <param name="Weights">Weight pairs, [outputs / 2][inputs].</param>
/// <param name="Scale">One affine map an output, to the layer's output format: see <see cref="ModelProgram.IntegerFormat"/>.</param>
public sealed record DenseIntegerArrays(WeightArray Bias, WeightArray Weights, WeightArray Scale);
