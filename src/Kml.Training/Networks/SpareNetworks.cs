using System;
using System.Threading;
using Kml.Training.Losses;

namespace Kml.Training.Networks;

/// <summary>Networks to predict with, taken and given back by any thread without locks; after the first call of as many threads, without allocation.</summary>
/// <param name="form">The network.</param>
/// <param name="rows">Rows that each runs at once.</param>
internal sealed class SpareNetworks(NetworkForm form, int rows)
{
    /// <summary>More threads than these at once each make a network of their own at every call.</summary>
    private readonly Network<float>?[] _spare = new Network<float>?[4 * Environment.ProcessorCount];

    /// <summary>Takes a network, or makes one.</summary>
    /// <returns>The network, for the caller alone.</returns>
    internal Network<float> Take()
    {
        foreach (ref Network<float>? spare in _spare.AsSpan())
        {
            if (Volatile.Read(ref spare) is not null && Interlocked.Exchange(ref spare, null) is Network<float> network)
                return network;
        }

        return new Network<float>(form, AnyLoss.Instance, rows);
    }

    /// <summary>Gives it back.</summary>
    /// <param name="network">The network.</param>
    internal void Return(Network<float> network)
    {
        foreach (ref Network<float>? spare in _spare.AsSpan())
        {
            if (Volatile.Read(ref spare) is null && Interlocked.CompareExchange(ref spare, network, null) is null)
                return;
        }

        network.Dispose();
    }

    /// <summary>Stands where a network needs a loss and none is asked for.</summary>
    private sealed record AnyLoss : Loss
    {
        internal static readonly AnyLoss Instance = new();

        internal override void Check(int units)
        {
        }

        internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy) =>
            throw new NotSupportedException("A network that predicts has no loss.");
    }
}
