using System;
using System.Numerics;

namespace Kml.Training.Layers;

/// <summary>
/// Forward and backward of one layer over batches of one size. Tensors are <c>[step][unit][row]</c>. A step allocates nothing;
/// scratch memory, recurrent state and what backward needs to remember of forward belong to the pass.
/// </summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
/// <param name="input">What the layer takes for a row.</param>
/// <param name="output">What it gives.</param>
/// <param name="rows">Rows of a batch.</param>
internal abstract class LayerPass<T>(LayerShape input, LayerShape output, int rows)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Batches are a multiple of this many rows: one cache line of floats, two of doubles.</summary>
    internal const int RowMultiple = 16;

    /// <summary>What the layer takes for a row.</summary>
    internal LayerShape Input => input;

    /// <summary>What it gives for a row.</summary>
    internal LayerShape Output => output;

    /// <summary>Rows of a batch.</summary>
    internal int Rows => rows;

    /// <summary>Sets first weights.</summary>
    /// <param name="parameters">The layer's parameters.</param>
    /// <param name="random">The source; a layer draws as many numbers as it has random weights, in the order of its parameters.</param>
    internal abstract void Initialise(Span<T> parameters, Randomness random);

    /// <summary>Whether the layer draws in a training step, and so must hear <see cref="Begin"/>.</summary>
    internal virtual bool Draws => false;

    /// <summary>Says which training step comes and where its rows lie in the batch. Layers without randomness do nothing.</summary>
    /// <remarks>
    /// What a layer draws must be a function of the key, the row's place in the batch and the unit alone, so that the bits depend neither on threads nor on
    /// what was drawn before: a checkpoint keeps the seed and the number of steps, and no state of a generator.
    /// </remarks>
    /// <param name="key">A function of the seed, the step and the layer.</param>
    /// <param name="firstRow">The place of row 0 in the whole batch, of which these rows may be a shard.</param>
    internal virtual void Begin(ulong key, int firstRow)
    {
    }

    /// <summary>Computes the outputs.</summary>
    /// <param name="parameters">The layer's parameters.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Receives the outputs.</param>
    /// <param name="training">Whether this is a training step (dropout drops) or an evaluation.</param>
    internal abstract void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training);

    /// <summary>Computes gradients, after <see cref="Forward"/> with the same parameters and inputs.</summary>
    /// <param name="parameters">The layer's parameters.</param>
    /// <param name="x">The inputs that forward had.</param>
    /// <param name="y">The outputs that forward gave.</param>
    /// <param name="dy">The gradient at the outputs; may be overwritten.</param>
    /// <param name="dx">Receives (is set to, not added to) the gradient at the inputs; empty when nobody needs it.</param>
    /// <param name="gradient">Receives (is set to) the gradient of the layer's parameters.</param>
    internal abstract void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient);

    /// <summary>Forgets the recurrent state of rows whose entity begins anew. Layers without state do nothing.</summary>
    /// <param name="fresh">[row]; true where a new sequence begins with the next batch. Rows beyond its end keep theirs.</param>
    internal virtual void Reset(ReadOnlySpan<bool> fresh)
    {
    }
}
