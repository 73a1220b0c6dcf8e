using System;
using System.Diagnostics;
using System.Linq;
using Kml.Training;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Benchmarks.Training;

/// <summary>Any network of ours: shuffle, gather, forward, loss, backward, Adam.</summary>
internal sealed class NetworkContender : IContender
{
    private readonly ShardedPass<float> _pass;
    private readonly PackedRows<float> _rows;
    private readonly float[] _parameters;
    private readonly float[] _gradient;
    private readonly OptimiserState<float> _optimiser;
    private readonly Randomness _random = new(1);
    private readonly int[] _order;
    private readonly double _rate;

    /// <summary>Takes rows and threads.</summary>
    /// <param name="form">The network.</param>
    /// <param name="task">The rows.</param>
    /// <param name="batch">Rows of a batch.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="threads">Threads.</param>
    internal NetworkContender(NetworkForm form, TrainingTask task, int batch, double rate, int threads)
    {
        _rows = new PackedRows<float>(task.Targets.Length, task.Width);
        for (int row = 0; row < _rows.Count; row++)
        {
            task.Inputs.AsSpan(row * task.Width, task.Width).CopyTo(_rows.Input(row));
            _rows.Target(row)[0] = task.Targets[row];
            _rows.Weight(row)[0] = 1;
        }

        _pass = new ShardedPass<float>(form, new CrossEntropyLoss(), batch, threads);
        _parameters = new float[_pass.ParameterLength];
        _gradient = new float[_parameters.Length];
        _pass.Shards[0].Initialise(_parameters, _random);
        _optimiser = new Adam().Start<float>(_parameters.Length);
        _order = [.. Enumerable.Range(0, _rows.Count)];
        _rate = rate;
    }

    /// <inheritdoc/>
    public Lap Run()
    {
        long start = Stopwatch.GetTimestamp();
        double loss = 0;
        _random.Shuffle(_order);
        for (int at = 0; at < _order.Length; at += _pass.Batch)
        {
            ReadOnlySpan<int> left = _order.AsSpan(at), batch = left[..Math.Min(_pass.Batch, left.Length)], next = left[batch.Length..];
            loss += _pass.Gradient(_parameters, _rows, batch, 0, _gradient, next[..Math.Min(_pass.Batch, next.Length)]).Sum;
            _optimiser.Step(_parameters, _gradient, _rate);
        }

        return new Lap(Stopwatch.GetElapsedTime(start).TotalSeconds, loss / _order.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _pass.Dispose();
}
