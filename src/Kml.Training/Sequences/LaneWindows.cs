using System;
using System.Numerics;
using Kml.Training.Networks;

namespace Kml.Training.Sequences;

/// <summary>
/// All entities cut into windows of as many rows as a batch has steps, packed once. The last window is empty, for lanes that have nothing to do.
/// </summary>
/// <typeparam name="T">float to train; double to check.</typeparam>
internal sealed class LaneWindows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _starts;

    /// <summary>[window][step]: the row there; -1 for none.</summary>
    private readonly int[] _rows;

    /// <summary>Packs rows.</summary>
    /// <param name="samples">The rows; a group is an entity.</param>
    /// <param name="steps">Rows of a window.</param>
    /// <exception cref="TrainingException">There are no rows, or no steps.</exception>
    internal LaneWindows(Samples samples, int steps)
    {
        if (steps < 1)
            throw new TrainingException(FormattableString.Invariant($"Windows of {steps} rows have none: ask for at least 1."));
        if (samples.Count == 0)
            throw new TrainingException("There are no rows to make sequences of.");
        Entities entities = new(samples);
        _starts = new int[entities.Count + 1];
        for (int entity = 0; entity < entities.Count; entity++)
            _starts[entity + 1] = ArraySize.Sum("The windows of all sequences", _starts[entity], (entities.Rows(entity).Length + (steps - 1L)) / steps);
        (Steps, Width) = (steps, samples.Width);
        _rows = new int[ArraySize.Sum("The rows of all windows", (_starts[^1] + 1L) * steps)];
        Array.Fill(_rows, -1);
        Packed = new PackedRows<T>(_starts[^1] + 1, ArraySize.Of("The values of a window", steps, samples.Width), steps);
        for (int entity = 0; entity < entities.Count; entity++)
        {
            ReadOnlySpan<int> rows = entities.Rows(entity);
            for (int i = 0; i < rows.Length; i++)
                Pack(samples, rows[i], _starts[entity] + (i / steps), i % steps);
        }
    }

    /// <summary>Rows of a window.</summary>
    internal int Steps { get; }

    /// <summary>Features of a row.</summary>
    internal int Width { get; }

    /// <summary>The number of entities.</summary>
    internal int EntityCount => _starts.Length - 1;

    /// <summary>The window without rows: inputs, targets and weights of 0.</summary>
    internal int Empty => _starts[^1];

    /// <summary>Inputs [step][feature], targets and weights [step] of each window.</summary>
    internal PackedRows<T> Packed { get; }

    /// <summary>The windows of an entity, in the order of time.</summary>
    /// <param name="entity">Its index.</param>
    /// <returns>The first window, and the one after the last.</returns>
    internal (int First, int End) Of(int entity) => (_starts[entity], _starts[entity + 1]);

    /// <summary>Which row a step of a window is.</summary>
    /// <param name="window">The window.</param>
    /// <param name="step">The step.</param>
    /// <returns>The index of the row; -1 where the entity has ended.</returns>
    internal int Row(int window, int step) => _rows[(window * Steps) + step];

    private void Pack(Samples samples, int row, int window, int step)
    {
        _rows[(window * Steps) + step] = row;
        Span<T> inputs = Packed.Input(window).Slice(step * Width, Width);
        for (int f = 0; f < Width; f++)
            inputs[f] = T.CreateChecked(samples.Column(f)[row]);
        Packed.Target(window)[step] = T.CreateChecked(samples.Labels[row]);
        Packed.Weight(window)[step] = T.CreateChecked(samples.Weights[row]);
    }
}
