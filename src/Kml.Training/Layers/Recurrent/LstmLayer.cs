using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// Long short-term memory (Hochreiter, Schmidhuber 1997; Gers 2000), as in <c>torch.nn.LSTM</c>: with z = W x + b + U h + b',
/// i, f, o = sigmoid(z_i, z_f, z_o), g = tanh(z_g); c' = f c + i g; h' = o tanh(c').
/// </summary>
/// <remarks>
/// Parameters: W <c>[input][4 units]</c>, U <c>[unit][4 units]</c>, b <c>[4 units]</c>, b' <c>[4 units]</c>; the gates in the order i, f, g, o: PyTorch's
/// weight_ih and weight_hh transposed, bias_ih and bias_hh as they are. First weights are uniform with deviation as PyTorch's; biases 0, but 1 in b for the
/// forget gate, so that cells remember at first (Jozefowicz 2015).
/// </remarks>
/// <param name="Units">Hidden units.</param>
public sealed record LstmLayer(int Units) : Layer
{
    /// <summary>Whether the output holds the hidden units of every step; else those after the last step alone.</summary>
    public bool EveryStep { get; init; }

    /// <summary>
    /// Whether a batch begins with the state in which the last one left each row (truncated backpropagation through time: gradients stop at the batch's first
    /// step). Else each batch holds sequences of their own, which begin with a state of 0.
    /// </summary>
    public bool CarriesState { get; init; }

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => Recurrent.Output("LSTM", Units, EveryStep, input);

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) =>
        ArraySize.Of("The parameters of a layer", 4, Units, ArraySize.Sum("The inputs of a layer", input.Units, Units, 2));

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new LstmPass<T>(this, input, rows, pool);
}
