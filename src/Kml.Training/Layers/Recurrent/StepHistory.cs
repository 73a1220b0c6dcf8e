using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// What a recurrent layer remembers of each step: [step][unit][vector of rows]. Steps lie a pitch apart that spreads them over the sets of the first-level
/// cache; at a power of two, twenty steps of a unit would share a few sets and drive each other out.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="steps">Steps.</param>
/// <param name="units">Units a step.</param>
/// <param name="rows">Rows of a batch.</param>
/// <param name="pool">Where memory comes from.</param>
internal sealed class StepHistory<T>(int steps, int units, int rows, TensorPool pool)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tensor<T> _memory = pool.Take<T>(new TensorShape(
        steps,
        PitchOf(ArraySize.Of("The values of a layer", units, rows) / Vector512<T>.Count),
        Vector512<T>.Count));

    /// <summary>Vectors from a step to the next.</summary>
    internal int Pitch => _memory.Shape.Units;

    /// <summary>The vectors of a step, [unit][vector of rows].</summary>
    /// <param name="step">The step.</param>
    /// <returns>The first one.</returns>
    internal ref Vector512<T> this[int step]
    {
        get
        {
            Span<Vector512<T>> all = MemoryMarshal.Cast<T, Vector512<T>>(_memory.Span);
            return ref all[step * Pitch];
        }
    }

    /// <summary>Some units of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="unit">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>[unit][row].</returns>
    internal Span<T> Units(int step, int unit, int count) => _memory.Span.Slice((step * Pitch * Vector512<T>.Count) + (unit * rows), count * rows);

    /// <summary>Makes rows of some units of a step 0.</summary>
    /// <param name="step">The step.</param>
    /// <param name="unit">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="fresh">[row]; which ones. Rows beyond its end stay.</param>
    internal void Clear(int step, int unit, int count, ReadOnlySpan<bool> fresh)
    {
        Span<T> state = Units(step, unit, count);
        for (int row = 0; row < fresh.Length; row++)
        {
            for (int at = row; fresh[row] && at < state.Length; at += rows)
                state[at] = T.Zero;
        }
    }

    /// <summary>The least pitch that is 8 over a multiple of 16: its multiples go round all sets in pieces of 8 lines.</summary>
    private static int PitchOf(int vectors) => ((vectors + 7) / 16 * 16) + 8;
}
