using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// Layer normalisation (Ba, Kiros, Hinton 2016): brings the units of a row at a step to mean 0 and deviation 1, then scales and shifts each:
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the variance over n, not n - 1.
/// </summary>
/// <remarks>Parameters: gamma <c>[unit]</c>, at first 1; then beta <c>[unit]</c>, at first 0: <c>torch.nn.LayerNorm</c>'s weight and bias.</remarks>
public sealed record LayerNormLayer : Layer
{
    /// <summary>What is added to the variance, as PyTorch does by default.</summary>
    public const double Epsilon = 1e-5;

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => input;

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) => ArraySize.Of("The parameters of a layer", 2, input.Units);

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new LayerNormPass<T>(this, input, rows, pool);
}
