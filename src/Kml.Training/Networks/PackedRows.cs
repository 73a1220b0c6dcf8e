using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
        int length = ArraySize.Sum("The values of a row", inputs, 2L * targets), line = TensorPool.Alignment / Unsafe.SizeOf<T>();
        _stride = length <= line ? (int)BitOperations.RoundUpToPowerOf2((uint)length) : (length + (line / 2) - 1) / (line / 2) * (line / 2);

        // Behind the last row comes one of zeros, for rows that are missing to a full batch; whole vectors are read, so one more than that.
        _values = GC.AllocateArray<T>(ArraySize.Sum("The rows as the network takes them", ((count + 1L) * _stride) + (2 * line)), pinned: true);
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
    internal unsafe void Load(ReadOnlySpan<int> order, Network<T> network)
    {
        int rows = network.Rows, lanes = Vector512<T>.Count, length = Inputs + (2 * Targets);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order.Length, rows);
        Span<T> intake = network.Intake.Span;
        if (intake.Length != length * rows || network.Targets.Length != Targets * rows)
            throw new ArgumentException($"Rows of {Inputs} inputs and {Targets} targets are none of this network.", nameof(network));

        ref T from = ref MemoryMarshal.GetArrayDataReference(_values);
        nint* offsets = stackalloc nint[lanes];
        for (int row = 0; row < rows; row += lanes)
        {
            for (int k = 0; k < lanes; k++)
                offsets[k] = row + k < order.Length ? At(order[row + k]) : _start + (Count * _stride);
            for (int e = 0; e < length; e += lanes)
                Transposition.Square(ref Unsafe.Add(ref from, e), ref *offsets, ref intake[(e * rows) + row], rows, Math.Min(lanes, length - e));
        }
    }

    /// <summary>Asks for rows that will be loaded soon: they lie anywhere in what may be more than any cache.</summary>
    /// <param name="order">The rows.</param>
    internal unsafe void Prefetch(ReadOnlySpan<int> order)
    {
        if (!Sse.IsSupported)
            return;
        T* values = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));
        int line = TensorPool.Alignment / sizeof(T), length = Inputs + (2 * Targets);
        foreach (int row in order)
        {
            T* start = values + At(row);
            for (int e = 0; e < length; e += line)
                Sse.Prefetch1(start + e);
        }
    }

    private static unsafe long Address(T[] pinned)
    {
        fixed (T* start = pinned)
            return (long)start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int At(int row) => (uint)row < (uint)Count ? _start + (row * _stride) : throw None(row);

    private ArgumentOutOfRangeException None(int row) => new(nameof(row), row, $"There are {Count} rows.");
}
