using System.Numerics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>A layer as it is declared: its size and its choices, not its weights. Immutable; equal when its values are.</summary>
public abstract record Layer
{
    /// <summary>What the layer gives for a row.</summary>
    /// <param name="input">What it takes.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="TrainingException">The layer cannot take that shape; the message says why.</exception>
    public abstract LayerShape Output(LayerShape input);

    /// <summary>The number of trained parameters.</summary>
    /// <param name="input">What the layer takes.</param>
    /// <returns>The count.</returns>
    public abstract int ParameterCount(LayerShape input);

    /// <summary>Makes the layer's arithmetic for batches of one size, with all the memory that it will need.</summary>
    /// <typeparam name="T">float to train; double to check gradients and to compare.</typeparam>
    /// <param name="input">What it takes.</param>
    /// <param name="rows">Rows of a batch, a multiple of <see cref="LayerPass{T}.RowMultiple"/>.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <returns>The pass.</returns>
    internal abstract LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
