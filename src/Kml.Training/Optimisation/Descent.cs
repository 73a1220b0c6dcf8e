using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Kml.Training.Networks;
using Kml.Training.Quantise;

namespace Kml.Training.Optimisation;

/// <summary>
/// Minibatches down the gradient, with early stopping. What is random is a function of the seed and of the number of the epoch or step, so that nothing of it
/// has to be kept.
/// </summary>
internal sealed class Descent : IDisposable
{
    /// <summary>A training loss this many times that of the first weights is no fluctuation.</summary>
    private const double DivergedAt = 10;

    /// <summary>Losses below this are all alike to <see cref="DivergedAt"/>: weights to begin with may fit perfectly.</summary>
    private const double SmallLoss = 0.1;

    private readonly DescentTask _task;
    private readonly FitOptions _options;
    private readonly ShardedPass<float> _pass;
    private readonly StepPrecision _precision;
    private readonly CounterRandomness _random;
    private readonly Checkpoint? _checkpoint;
    private readonly DescentState _state;
    private readonly float[] _gradient;
    private readonly int[] _order;
    private readonly int[] _validationOrder;
    private readonly int _frozen;
    private readonly SideOutput _unsaved = new("", tryAgain: true);

    /// <summary>Prepares a descent, or takes up that of its checkpoint.</summary>
    /// <param name="task">What is to be fitted to what.</param>
    /// <exception cref="TrainingException">Network, loss and options do not go together, or the checkpoint is none of this training.</exception>
    internal Descent(DescentTask task)
    {
        _task = task;
        _options = task.Options;
        _precision = StepPrecision.Of(_options.Precision, task.Form);
        _random = new CounterRandomness(_options.Seed);
        _order = new int[task.Train.Count];
        _validationOrder = [.. Enumerable.Range(0, task.Validation.Count)];
        _frozen = task.Form.ParameterOffset(task.FrozenLayers);
        _pass = new ShardedPass<float>(
            _precision.Form,
            task.Loss,
            Math.Min(_options.BatchRows, task.Train.Count),
            _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount);
        try
        {
            _gradient = new float[_pass.ParameterLength];
            float[] parameters = task.Start is null ? new float[_pass.ParameterLength] : [.. task.Start];
            if (task.Start is null)
                _pass.Shards[0].Initialise(parameters, new Randomness(_options.Seed));
            _precision.Stepped(parameters, Key(0, Use.First));
            _state = new DescentState(parameters, _options.Optimiser.Start<float>(parameters.Length - _frozen), _precision);
            _checkpoint = _options.CheckpointPath is null ? null : new Checkpoint(_options.CheckpointPath, TaskIdentity.Of(task));
            if (_checkpoint is null || !_checkpoint.Load(_state))
            {
                Begin();

                // A path that cannot be written is found before there is anything to lose.
                _checkpoint?.Save(_state);
            }
        }
        catch
        {
            _pass.Dispose();
            throw;
        }
    }

    /// <summary>The course so far, of a checkpoint.</summary>
    internal DescentState State => _state;

    private DescentCourse Course
    {
        get => _state.Course;
        set => _state.Course = value;
    }

    /// <inheritdoc/>
    public void Dispose() => _pass.Dispose();

    /// <summary>Fits.</summary>
    /// <param name="progress">Called after each epoch.</param>
    /// <param name="cancellation">Stops training before its next step.</param>
    /// <returns>The result.</returns>
    internal DescentResult Run(Action<EpochReport> progress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp(), saved = start;
        TimeSpan before = Course.Elapsed;
        while (Course.Outcome is null)
        {
            if (!Epoch(cancellation, out double rowsPerSecond))
            {
                Course = Course with { Elapsed = before + Stopwatch.GetElapsedTime(start) };
                Save();
                return Result(TrainingOutcome.Cancelled);
            }

            progress(EndEpoch(before + Stopwatch.GetElapsedTime(start), rowsPerSecond));
            if (_checkpoint is not null && (Course.Outcome is not null || Stopwatch.GetElapsedTime(saved) >= _options.CheckpointEvery))
            {
                Save();
                saved = Stopwatch.GetTimestamp();
            }
        }

        return Result(Course.Outcome.Value);
    }

    private void Begin()
    {
        for (int row = 0; row < _order.Length; row++)
            _order[row] = row;
        double limit = DivergedAt * Math.Max(SmallLoss, Loss(_task.Train, _order));
        Course = new DescentCourse { Limit = limit, BestLoss = Loss(_task.Validation, _validationOrder) };
        _state.KeepBest();
    }

    /// <summary>Takes the steps of an epoch that are left.</summary>
    /// <returns>Whether it came to its end.</returns>
    private bool Epoch(CancellationToken cancellation, out double rowsPerSecond)
    {
        long begun = Stopwatch.GetTimestamp();
        int first = Course.Row, row = first;
        long steps = Course.Steps;
        double loss = Course.Loss, weight = Course.Weight;
        Order();
        rowsPerSecond = 0;
        while (row < _order.Length && double.IsFinite(loss))
        {
            if (cancellation.IsCancellationRequested)
            {
                Course = Course with { Row = row, Steps = steps, Loss = loss, Weight = weight };
                return false;
            }

            int count = Math.Min(_pass.Batch, _order.Length - row);
            BatchLoss batch = Step(
                _order.AsSpan(row, count),
                _order.AsSpan(row + count, Math.Min(_pass.Batch, _order.Length - row - count)),
                (ulong)steps,
                Rate(row));
            (loss, weight, row, steps) = (loss + batch.Sum, weight + batch.Weight, row + count, steps + 1);
        }

        Course = Course with { Row = row, Steps = steps, Loss = loss, Weight = weight };
        rowsPerSecond = (row - first) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return true;
    }

    private BatchLoss Step(ReadOnlySpan<int> rows, ReadOnlySpan<int> next, ulong step, double rate)
    {
        Span<float> trained = _gradient.AsSpan(_frozen);
        BatchLoss loss = _pass.Gradient(_precision.View(_state.Parameters), _task.Train, rows, Key(step, Use.Step), _gradient, next);
        _options.Clip?.Run(trained);
        _state.Optimiser.Step(_state.Parameters.AsSpan(_frozen), trained, rate);
        _precision.Stepped(_state.Parameters, Key(step, Use.Rounding));
        return loss;
    }

    private EpochReport EndEpoch(TimeSpan elapsed, double rowsPerSecond)
    {
        DescentCourse c = Course with { Epoch = Course.Epoch + 1, Row = 0, Loss = 0, Weight = 0, Elapsed = elapsed, Waited = Course.Waited + 1 };
        double trainLoss = Course.Loss / Course.Weight, rate = Rate(Math.Max(0, Course.Row - 1)), validationLoss = Loss(_task.Validation, _validationOrder);
        bool diverged = !(trainLoss <= c.Limit) || !double.IsFinite(validationLoss);
        if (!diverged && validationLoss < c.BestLoss)
        {
            c = c with { BestLoss = validationLoss, BestEpoch = c.Epoch, Waited = 0 };
            _state.KeepBest();
        }

        TrainingOutcome? outcome = diverged ? TrainingOutcome.Diverged
            : c.Epoch - c.BestEpoch >= _options.Patience ? TrainingOutcome.Converged
            : c.Epoch == _options.MaxEpochs ? TrainingOutcome.EpochLimit
            : null;
        if (_options.Schedule.Falls(new ScheduleState(c.Epoch, _options.MaxEpochs, c.Waited, c.Falls), _options.Patience))
            c = c with { Waited = 0, Falls = c.Falls + 1 };
        Course = c with { Outcome = outcome };
        EpochReport report = new(
            c.Epoch,
            trainLoss,
            validationLoss,
            c.BestEpoch,
            c.BestLoss,
            (float)rate,
            rowsPerSecond,
            elapsed,
            elapsed / c.Epoch * (_options.MaxEpochs - c.Epoch));
        _state.Epochs.Add(report);
        return report;
    }

    /// <summary>Writes a checkpoint, if there is to be one. A disk that is full by now does not cost what was learned: the next one is tried again.</summary>
    private void Save() => _unsaved.Write(() => _checkpoint?.Save(_state));

    private DescentResult Result(TrainingOutcome outcome)
    {
        _state.RecallBest();
        return new DescentResult(_precision.Form, _state.Best, outcome, _state.Epochs, Course.BestEpoch, _unsaved.Failure);
    }

    private double Rate(int row) =>
        _options.LearningRate * _options.Schedule.Factor(new ScheduleState(
            Course.Epoch + ((double)row / _order.Length),
            _options.MaxEpochs,
            Course.Waited,
            Course.Falls));

    private double Loss(PackedRows<float> rows, int[] order)
    {
        BatchLoss loss = _pass.Loss(_precision.View(_state.Parameters), rows, order);
        return loss.Sum / loss.Weight;
    }

    /// <summary>Sets the order of the present epoch's rows.</summary>
    private void Order()
    {
        for (int row = 0; row < _order.Length; row++)
            _order[row] = row;
        new Randomness(Key((ulong)Course.Epoch, Use.Order)).Shuffle(_order);
    }

    private ulong Key(ulong number, Use use) => _random.Draw((number * 4) + (ulong)use);

    private enum Use
    {
        Order,
        Step,
        Rounding,
        First,
    }
}
