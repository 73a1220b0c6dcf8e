using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// A convolution over steps, without padding, as <c>torch.nn.Conv1d</c> computes it (a cross-correlation):
/// y[s][o] = f(bias[o] + sum over taps t and inputs i of w[t][i][o] * x[s * stride + t][i]). Gives (steps - kernel) / stride + 1 steps.
/// </summary>
/// <remarks>
/// Parameters: w <c>[tap][input][channel]</c>, then bias <c>[channel]</c>; w[t][i][o] is PyTorch's <c>weight[o][i][t]</c>.
/// First weights are uniform, with He's variance before a relu and Glorot's elsewhere, over kernel * inputs; biases 0.
/// </remarks>
/// <param name="Channels">Units of an output step.</param>
/// <param name="Kernel">Steps that an output sees.</param>
/// <param name="Stride">Steps from one output to the next.</param>
/// <param name="Nonlinearity">What is applied to the sums.</param>
public sealed record ConvolutionLayer(int Channels, int Kernel, int Stride = 1, Nonlinearity Nonlinearity = Nonlinearity.Identity) : Layer
{
    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input)
    {
        if (Channels < 1 || Kernel < 1 || Stride < 1)
            throw new TrainingException($"The convolution has {Channels} channels, a kernel of {Kernel} and a stride of {Stride}: each must be at least 1.");
        if (input.Steps < Kernel)
        {
            throw new TrainingException($"The convolution's kernel covers {Kernel} steps, and there are {input.Steps}: "
                + "use a shorter kernel or longer sequences.");
        }

        return new LayerShape(((input.Steps - Kernel) / Stride) + 1, Channels);
    }

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) =>
        ArraySize.Of("The parameters of a layer", ArraySize.Sum("The inputs of a layer", (long)Kernel * input.Units, 1), Channels);

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new ConvolutionPass<T>(this, input, rows, pool);
}
