using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// Replaces a feature that is an index (an operation, a device, a process's class) by a learned vector; the other features pass.
/// Units are, in order: those before the feature, the vector, those after it.
/// </summary>
/// <remarks>
/// Parameters: the table <c>[index][unit]</c>, which is the layout of <c>torch.nn.Embedding.weight</c>; first values are uniform with
/// deviation 1, as normalised features have. The feature must not be normalised. Training refuses rows whose index is none;
/// a prediction takes the nearest one that there is.
/// </remarks>
/// <param name="Feature">Which unit of the layer's input holds the index.</param>
/// <param name="Count">Indices are 0 to Count - 1, at most 2^24 of them: a float holds no more whole numbers.</param>
/// <param name="Size">Units of the vector.</param>
public sealed record EmbeddingLayer(int Feature, int Count, int Size) : Layer
{
    /// <summary>The most vectors that a table has.</summary>
    public const int MaxCount = 1 << 24;

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input)
    {
        if (Feature < 0 || Feature >= input.Units)
            throw new TrainingException($"The embedding takes unit {Feature} of {input.Units}: name one from 0 to {input.Units - 1}.");
        if (Count is < 1 or > MaxCount)
            throw new TrainingException($"The embedding of unit {Feature} has {Count} vectors: it must have 1 to {MaxCount}.");
        if (Size < 1)
            throw new TrainingException($"The embedding of unit {Feature} has vectors of {Size} units: they need at least 1.");
        return input with { Units = ArraySize.Sum("The outputs of a layer", input.Units - 1, Size) };
    }

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) => ArraySize.Of("The parameters of a layer", Count, Size);

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new EmbeddingPass<T>(this, input, rows);
}
