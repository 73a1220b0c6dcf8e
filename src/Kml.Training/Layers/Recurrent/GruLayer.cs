using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// Gated recurrent unit (Cho 2014) in the form of <c>torch.nn.GRU</c>, whose reset gate follows the product: r, z = sigmoid(W x + b + U h + b');
/// n = tanh(W x + b + r (U h + b')); h' = (1 - z) n + z h.
/// </summary>
/// <remarks>
/// Parameters: W <c>[input][3 units]</c>, U <c>[unit][3 units]</c>, b <c>[3 units]</c>, b' <c>[3 units]</c>; the gates in the order r, z, n: PyTorch's
/// weight_ih and weight_hh transposed, bias_ih and bias_hh as they are. First weights are uniform with deviation as PyTorch's, biases 0.
/// </remarks>
/// <param name="Units">Hidden units.</param>
public sealed record GruLayer(int Units) : Layer
{
    /// <summary>Whether the output holds the hidden units of every step; else those after the last step alone.</summary>
    public bool EveryStep { get; init; }

    /// <summary>
    /// Whether a batch begins with the state in which the last one left each row (truncated backpropagation through time: gradients stop at the batch's first
    /// step). Else each batch holds sequences of their own, which begin with a state of 0.
    /// </summary>
    public bool CarriesState { get; init; }

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => Recurrent.Output("GRU", Units, EveryStep, input);

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) =>
        ArraySize.Of("The parameters of a layer", 3, Units, ArraySize.Sum("The inputs of a layer", input.Units, Units, 2));

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new GruPass<T>(this, input, rows, pool);
}
