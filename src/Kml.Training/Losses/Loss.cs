using System;
using System.Numerics;

namespace Kml.Training.Losses;

/// <summary>What training minimises: the mean over rows (and steps), each with its weight.</summary>
public abstract record Loss
{
    /// <summary>Checks that the loss has sense for a network, and its own settings.</summary>
    /// <param name="units">Units of the network's last layer.</param>
    /// <exception cref="TrainingException">It has none; the message says why.</exception>
    internal abstract void Check(int units);

    /// <summary>Loss and gradient of a batch.</summary>
    /// <typeparam name="T">The type of all numbers.</typeparam>
    /// <param name="y">The network's outputs, [unit][row].</param>
    /// <param name="targets">Labels, class indices (0, 1, …) or, for binary losses, 0 and 1; [row].</param>
    /// <param name="weights">Weights of the rows, 0 for padding; [row].</param>
    /// <param name="share">1 over the sum of weights of the whole batch, of which these rows may be a shard.</param>
    /// <param name="dy">Receives the gradient of the batch's weighted mean, [unit][row]; exactly 0 where the weight is 0.</param>
    /// <returns>The weighted sum of these rows' losses.</returns>
    internal abstract double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
