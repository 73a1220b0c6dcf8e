using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>Draws a factor for each number, 0 or the reciprocal of what remains, and keeps it for the way back.</summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
internal sealed class DropoutPass<T> : LayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tensor<T> _factors;
    private readonly uint _threshold;
    private readonly T _kept;
    private CounterRandomness _random;
    private int _firstRow;
    private bool _dropped;

    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it takes for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    internal DropoutPass(DropoutLayer layer, LayerShape input, int rows, TensorPool pool)
        : base(input, layer.Output(input), rows)
    {
        _factors = pool.Take<T>(new TensorShape(input.Steps, input.Units, rows));
        _threshold = (uint)Math.Min(uint.MaxValue, Math.ScaleB(layer.Rate, 32));
        _kept = T.CreateChecked(1 / (1 - layer.Rate));
    }

    /// <inheritdoc/>
    internal override bool Draws => true;

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
    }

    /// <inheritdoc/>
    internal override void Begin(ulong key, int firstRow)
    {
        _random = new CounterRandomness(key);
        _firstRow = firstRow;
    }

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        _dropped = training;
        if (!training)
        {
            x.CopyTo(y);
            return;
        }

        DrawFactors();
        Multiply(x, y);
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        if (dx.IsEmpty)
            return;
        if (_dropped)
            Multiply(dy, dx);
        else
            dy.CopyTo(dx);
    }

    /// <summary>A draw of (row, pair of units) decides on both.</summary>
    private void DrawFactors()
    {
        Span<T> factors = _factors.Span;
        int units = Input.Steps * Input.Units;
        for (int pair = 0; 2 * pair < units; pair++)
        {
            for (int row = 0; row < Rows; row += Vector512<uint>.Count)
            {
                (Vector512<uint> even, Vector512<uint> odd) = _random.Draw(
                    Vector512<uint>.Indices + Vector512.Create((uint)(_firstRow + row)),
                    Vector512.Create((uint)pair));
                Store(even, factors.Slice((2 * pair * Rows) + row, Vector512<uint>.Count));
                if ((2 * pair) + 1 < units)
                    Store(odd, factors.Slice((((2 * pair) + 1) * Rows) + row, Vector512<uint>.Count));
            }
        }
    }

    private void Store(Vector512<uint> draw, Span<T> factors)
    {
        Vector512<T> kept = Vector512.Create(_kept);
        Vector512<uint> keeps = Vector512.GreaterThanOrEqual(draw, Vector512.Create(_threshold));
        Span<Vector512<T>> to = MemoryMarshal.Cast<T, Vector512<T>>(factors);
        if (to.Length == 1)
        {
            to[0] = keeps.As<uint, T>() & kept;
            return;
        }

        (Vector512<long> lower, Vector512<long> upper) = Vector512.Widen(keeps.AsInt32());
        to[0] = lower.As<long, T>() & kept;
        to[1] = upper.As<long, T>() & kept;
    }

    private void Multiply(ReadOnlySpan<T> from, Span<T> to)
    {
        ReadOnlySpan<Vector512<T>> factors = MemoryMarshal.Cast<T, Vector512<T>>(_factors.Span), x = MemoryMarshal.Cast<T, Vector512<T>>(from);
        Span<Vector512<T>> y = MemoryMarshal.Cast<T, Vector512<T>>(to)[..x.Length];
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] * factors[i];
    }
}
