using System;
using System.Diagnostics;
using System.Linq;
using Kml.Training;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
using Kml.Training.Tests.Dense;

namespace Kml.Benchmarks.Training;

/// <summary>The naive reference of the tests, with our optimiser.</summary>
internal sealed class NaiveContender : IContender
{
    private readonly TrainingTask _task;
    private readonly NaiveDense<float> _naive;
    private readonly float[] _parameters;
    private readonly float[] _gradient;
    private readonly OptimiserState<float> _optimiser;
    private readonly Randomness _random = new(1);
    private readonly int[] _order;
    private readonly int _batch;
    private readonly double _rate;

    /// <summary>Takes rows.</summary>
    /// <param name="form">The network, of dense layers.</param>
    /// <param name="task">The rows.</param>
    /// <param name="batch">Rows of a batch.</param>
    /// <param name="rate">The learning rate.</param>
    internal NaiveContender(NetworkForm form, TrainingTask task, int batch, double rate)
    {
        (_task, _batch, _rate) = (task, batch, rate);
        _naive = new NaiveDense<float>(form);
        _parameters = new float[_naive.ParameterLength];
        _gradient = new float[_parameters.Length];
        using Network<float> network = new(form, new Kml.Training.Losses.CrossEntropyLoss(), LayerPass<float>.RowMultiple);
        network.Initialise(_parameters, _random);
        _optimiser = new Adam().Start<float>(_parameters.Length);
        _order = [.. Enumerable.Range(0, task.Targets.Length)];
    }

    /// <inheritdoc/>
    public Lap Run()
    {
        long start = Stopwatch.GetTimestamp();
        double loss = 0;
        _random.Shuffle(_order);
        for (int at = 0; at < _order.Length; at += _batch)
        {
            Array.Clear(_gradient);
            ReadOnlySpan<int> rows = _order.AsSpan(at, Math.Min(_batch, _order.Length - at));
            foreach (int row in rows)
                loss += _naive.Row(_parameters, _task.Inputs.AsSpan(row * _task.Width, _task.Width), _task.Targets[row], 1f / rows.Length, _gradient);
            _optimiser.Step(_parameters, _gradient, _rate);
        }

        return new Lap(Stopwatch.GetElapsedTime(start).TotalSeconds, loss / _order.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
