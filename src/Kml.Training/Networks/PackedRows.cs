using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kml.Training.Tensors;

namespace Kml.Training.Networks;

/// <summary>
/// Rows as a network takes them, each in one piece: inputs, targets, weights. Batches are drawn in random order; a row in one piece costs one or two
/// cache lines, columns would cost one a feature.
/// </summary>
/// <typeparam name="T">float to train; double to check.</typeparam>
internal sealed class PackedRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _values;
    private readonly int _start;
    private readonly int _stride;

    /// <summary>Takes memory for rows of zeros.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="inputs">Numbers that the network takes for a row, of all steps.</param>
    /// <param name="targets">Targets of a row: 1, or the steps of the network's output.</param>
    internal PackedRows(int count, int inputs, int targets = 1)
    {
        (Count, Inputs, Targets) = (count, inputs, targets);
        int length = inputs + (2 * targets), line = TensorPool.Alignment / Unsafe.SizeOf<T>();
        _stride = length <= line ? (int)BitOperations.RoundUpToPowerOf2((uint)length) : (length + (line / 4) - 1) / (line / 4) * (line / 4);
        _values = GC.AllocateArray<T>(checked((count * _stride) + line), pinned: true);
        _start = (line - (int)((Address(_values) / Unsafe.SizeOf<T>()) % line)) % line;
    }

    /// <summary>The number of rows.</summary>
    internal int Count { get; }

    /// <summary>Numbers that the network takes for a row.</summary>
    internal int Inputs { get; }

    /// <summary>Targets of a row.</summary>
    internal int Targets { get; }

    /// <summary>The inputs of a row, [step][feature].</summary>
    /// <param name="row">The row.</param>
    /// <returns>The inputs, to be read or filled.</returns>
    internal Span<T> Input(int row) => _values.AsSpan(At(row), Inputs);

    /// <summary>The targets of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The targets, to be read or filled.</returns>
    internal Span<T> Target(int row) => _values.AsSpan(At(row) + Inputs, Targets);

    /// <summary>The weights of a row, one a target.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The weights, to be read or filled.</returns>
    internal Span<T> Weight(int row) => _values.AsSpan(At(row) + Inputs + Targets, Targets);

    /// <summary>The sum of weights of some rows.</summary>
    /// <param name="order">The rows.</param>
    /// <returns>The sum.</returns>
    internal double TotalWeight(ReadOnlySpan<int> order)
    {
        double sum = 0;
        foreach (int row in order)
        {
            foreach (T weight in Weight(row))
                sum += double.CreateChecked(weight);
        }

        return sum;
    }

    /// <summary>Fills a network's inputs, targets and weights; rows that are missing to a full batch become 0, with weight 0.</summary>
    /// <param name="order">The rows, at most as many as the network has.</param>
    /// <param name="network">The network.</param>
    internal void Load(ReadOnlySpan<int> order, Network<T> network)
    {
        int rows = network.Rows;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order.Length, rows);
        Span<T> x = network.Input.Span, targets = network.Targets, weights = network.Weights;
        if (x.Length != Inputs * rows || targets.Length != Targets * rows)
            throw new ArgumentException($"Rows of {Inputs} inputs and {Targets} targets are none of this network.", nameof(network));
        if (order.Length < rows)
        {
            x.Clear();
            targets.Clear();
            weights.Clear();
        }

        for (int at = 0; at < order.Length; at++)
        {
            // One check for the whole row: what follows stays within it, and within the batch as checked above.
            ref T from = ref MemoryMarshal.GetReference(_values.AsSpan(At(order[at]), _stride));
            from = ref Scatter(ref from, ref Unsafe.Add(ref MemoryMarshal.GetReference(x), at), Inputs, rows);
            from = ref Scatter(ref from, ref Unsafe.Add(ref MemoryMarshal.GetReference(targets), at), Targets, rows);
            Scatter(ref from, ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), at), Targets, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Scatter(ref T from, ref T to, int count, int stride)
    {
        for (int i = 0; i < count; i++)
        {
            to = from;
            from = ref Unsafe.Add(ref from, 1);
            to = ref Unsafe.Add(ref to, stride);
        }

        return ref from;
    }

    private static unsafe long Address(T[] pinned)
    {
        fixed (T* start = pinned)
            return (long)start;
    }

    private int At(int row) => (uint)row < (uint)Count ? _start + (row * _stride) : throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {Count} rows.");
}
