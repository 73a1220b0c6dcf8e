using System;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// Dropout (Srivastava and others 2014): in training, sets each number to 0 with a probability and divides the others by what remains of 1,
/// so that nothing has to be scaled later; elsewhere it does nothing.
/// </summary>
/// <remarks>
/// What is dropped follows from the seed, the step, the row's place in the batch and the unit: the same for any number of threads, and after a resume.
/// </remarks>
/// <param name="Rate">The probability, at least 0 and below 1.</param>
public sealed record DropoutLayer(double Rate) : Layer
{
    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) =>
        Rate is >= 0 and < 1
            ? input
            : throw new TrainingException(FormattableString.Invariant($"The dropout rate is {Rate}: it must be at least 0 and below 1."));

    /// <inheritdoc/>
    public override int ParameterCount(LayerShape input) => 0;

    /// <inheritdoc/>
    internal override LayerPass<T> Pass<T>(LayerShape input, int rows, TensorPool pool) => new DropoutPass<T>(this, input, rows, pool);
}
