using System;
using System.Numerics;

namespace Kml.Training.Layers;

/// <summary>Copies vectors out of the table, and adds gradients into it: step after step and row after row, so that sums have one order.</summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
/// <param name="layer">The layer.</param>
/// <param name="input">What it takes for a row.</param>
/// <param name="rows">Rows of a batch.</param>
internal sealed class EmbeddingPass<T>(EmbeddingLayer layer, LayerShape input, int rows) : LayerPass<T>(input, layer.Output(input), rows)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Where the vector of each row of the present step begins in the table.</summary>
    private readonly int[] _at = new int[rows];

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
        T bound = T.Sqrt(T.CreateChecked(3));
        foreach (ref T value in parameters)
            value = T.CreateChecked(random.Symmetric()) * bound;
    }

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        int before = layer.Feature * Rows, vector = layer.Size * Rows, from = Input.Units * Rows, to = Output.Units * Rows;
        for (int step = 0; step < Input.Steps; step++)
        {
            ReadOnlySpan<T> units = x.Slice(step * from, from);
            Span<T> outputs = y.Slice(step * to, to);
            units[..before].CopyTo(outputs);
            units[(before + Rows)..].CopyTo(outputs[(before + vector)..]);
            Locate(units.Slice(before, Rows));
            for (int u = 0; u < layer.Size; u++)
            {
                Span<T> unit = outputs.Slice(before + (u * Rows), Rows);
                for (int row = 0; row < unit.Length; row++)
                    unit[row] = parameters[_at[row] + u];
            }
        }
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        int before = layer.Feature * Rows, vector = layer.Size * Rows, from = Input.Units * Rows, to = Output.Units * Rows;
        gradient.Clear();
        for (int step = 0; step < Input.Steps; step++)
        {
            ReadOnlySpan<T> slopes = dy.Slice(step * to, to);
            Locate(x.Slice((step * from) + before, Rows));
            for (int u = 0; u < layer.Size; u++)
            {
                ReadOnlySpan<T> unit = slopes.Slice(before + (u * Rows), Rows);
                for (int row = 0; row < unit.Length; row++)
                    gradient[_at[row] + u] += unit[row];
            }

            if (dx.IsEmpty)
                continue;
            Span<T> below = dx.Slice(step * from, from);
            slopes[..before].CopyTo(below);
            below.Slice(before, Rows).Clear();
            slopes[(before + vector)..].CopyTo(below[(before + Rows)..]);
        }
    }

    /// <summary>Whatever the inputs hold, nothing is read beyond the table.</summary>
    private void Locate(ReadOnlySpan<T> indices)
    {
        for (int row = 0; row < indices.Length; row++)
            _at[row] = Math.Clamp(int.CreateSaturating(indices[row]), 0, layer.Count - 1) * layer.Size;
    }
}
