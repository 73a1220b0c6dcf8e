using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
using Kml.Training.Tensors;

namespace Kml.Training.Sequences;

/// <summary>
/// Truncated backpropagation through time (Williams, Peng 1990): batches of windows, each begun with the state that the lane's last window left;
/// gradients go back to the beginning of the window. The same bits for any number of threads; a step allocates nothing.
/// </summary>
/// <typeparam name="T">float to train; double to check.</typeparam>
internal sealed class TruncatedPass<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ShardedPass<T> _pass;
    private readonly T[] _gradient;

    /// <summary>Takes memory and starts threads.</summary>
    /// <param name="form">The network. Its recurrent layers carry their state and give every step: each row has its label.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="steps">Rows of a window.</param>
    /// <param name="lanes">Windows of a batch.</param>
    /// <param name="threads">Threads to work, the calling one counted.</param>
    /// <exception cref="TrainingException">The network takes or gives other steps than a window has.</exception>
    internal TruncatedPass(NetworkForm form, Loss loss, int steps, int lanes, int threads)
    {
        if (form.Input.Steps != steps)
        {
            throw new TrainingException(
                FormattableString.Invariant($"The network takes {form.Input.Steps} steps and windows have {steps}: ")
                + FormattableString.Invariant($"declare its input with {steps}."));
        }

        if (form.Output.Steps != steps)
        {
            throw new TrainingException(
                FormattableString.Invariant($"The network gives {form.Output.Steps} of {steps} steps, and each row has a label: ")
                + "let its recurrent layers give every step.");
        }

        _pass = new ShardedPass<T>(form, loss, lanes, threads);
        _gradient = GC.AllocateArray<T>(_pass.ParameterLength, pinned: true);
        Lanes = lanes;
    }

    /// <summary>Windows of a batch.</summary>
    internal int Lanes { get; }

    /// <summary>Parameters of all layers, padding counted.</summary>
    internal int ParameterLength => _pass.ParameterLength;

    /// <summary>Sets first weights.</summary>
    /// <param name="parameters">Receives them.</param>
    /// <param name="random">The source.</param>
    internal void Initialise(Span<T> parameters, Randomness random) => _pass.Shards[0].Initialise(parameters, random);

    /// <summary>Trains on all windows that a schedule has left.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="schedule">The schedule, begun.</param>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="state">The optimiser's state.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="seed">For layers that draw.</param>
    /// <param name="clip">Bounds on gradients, in single precision; null for none.</param>
    /// <returns>The loss, before each step's change.</returns>
    internal BatchLoss Train(
        LaneWindows<T> windows,
        LaneSchedule schedule,
        Span<T> parameters,
        OptimiserState<T> state,
        double rate,
        ulong seed,
        GradientClip? clip = null)
    {
        CounterRandomness keys = new(seed);
        BatchLoss total = default;
        while (schedule.Next())
        {
            _pass.Reset(schedule.Fresh);
            BatchLoss batch = _pass.Gradient(parameters, windows.Packed, schedule.Windows, keys.Draw((ulong)state.Steps), _gradient);
            total = new BatchLoss(total.Sum + batch.Sum, total.Weight + batch.Weight);
            if (typeof(T) == typeof(float))
                clip?.Run(MemoryMarshal.Cast<T, float>(_gradient.AsSpan()));
            state.Step(parameters, _gradient, rate);
        }

        return total;
    }

    /// <summary>
    /// The loss of all windows that a schedule has left, each begun with the state that its lane's last window left. Training must begin an epoch afterwards.
    /// </summary>
    /// <param name="windows">The windows.</param>
    /// <param name="schedule">The schedule, begun.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The loss.</returns>
    internal BatchLoss Loss(LaneWindows<T> windows, LaneSchedule schedule, ReadOnlySpan<T> parameters)
    {
        BatchLoss total = default;
        while (schedule.Next())
        {
            _pass.Reset(schedule.Fresh);
            BatchLoss batch = _pass.Loss(parameters, windows.Packed, schedule.Windows);
            total = new BatchLoss(total.Sum + batch.Sum, total.Weight + batch.Weight);
        }

        return total;
    }

    /// <summary>The outputs of all rows of the windows that a schedule has left. Training must begin an epoch afterwards.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="schedule">The schedule, begun.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="outputs">Receives them, [unit][row].</param>
    internal void Predict(LaneWindows<T> windows, LaneSchedule schedule, ReadOnlySpan<T> parameters, Span<T> outputs)
    {
        int units = _pass.Shards[0].Outputs.Shape.Units, count = outputs.Length / units;
        while (schedule.Next())
        {
            _pass.Reset(schedule.Fresh);
            _pass.Loss(parameters, windows.Packed, schedule.Windows);
            for (int lane = 0; lane < Lanes; lane++)
            {
                Tensor<T> y = _pass.Shards[lane / _pass.ShardRows].Outputs;
                for (int step = 0; step < windows.Steps && windows.Row(schedule.Windows[lane], step) is >= 0 and int row; step++)
                {
                    for (int unit = 0; unit < units; unit++)
                        outputs[(unit * count) + row] = y[step, unit][lane % _pass.ShardRows];
                }
            }
        }
    }

    /// <summary>Ends the threads and gives the memory back.</summary>
    public void Dispose() => _pass.Dispose();
}
