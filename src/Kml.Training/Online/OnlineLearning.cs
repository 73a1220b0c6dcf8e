using System;
using System.Linq;
using System.Threading;
using Kml.Training.Adapting;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Training.Online;

/// <summary>
/// Learning from a stream, record by record, on one thread and without a clock: the same records give the same models, to the bit.
/// A record is held back for judging, or enters the reservoir and, with as many drawn from there, a step. When enough was newly held back, the candidate is
/// compared with what runs.
/// </summary>
internal sealed class OnlineLearning : IDisposable
{
    /// <summary>A candidate must be better by so many standard errors; one look in about forty succeeds by chance, at most.</summary>
    private const double StandardErrors = 2;

    /// <summary>A candidate that surely loses so many times what runs loses will not come back.</summary>
    private const double Diverged = 8;

    private const int LeastBlocks = 8;

    private readonly OnlineOptions _options;
    private readonly Network<float> _network;
    private readonly SpareNetworks _predicting;
    private readonly ReplayReservoir _reservoir;
    private readonly HeldBackRows _heldBack;
    private readonly FeatureScale _scale;
    private readonly OptimiserState<float> _optimiser;
    private readonly Randomness _random;
    private readonly float[] _candidate;
    private readonly float[] _running;
    private readonly float[] _gradient;
    private readonly float[] _fresh;
    private readonly bool[] _begin;
    private readonly int _stride;
    private readonly int _half;
    private readonly int _classes;
    private readonly int _warmUp;
    private readonly double[] _weights;
    private double _unit = 1;
    private double _rate;
    private long _taken;
    private int _freshCount;
    private int _newBlocks;

    /// <summary>Takes all memory.</summary>
    /// <param name="options">The options.</param>
    internal OnlineLearning(OnlineOptions options)
    {
        options.Validate();
        MemoryPlan.RequireParameters(options);
        _options = options;
        _network = new Network<float>(options.Form, options.Loss, options.BatchRows);
        Plan = MemoryPlan.Of(options, _network);
        Indices =
        [
            .. IndexFeatures.Of(options.Form)
                .SelectMany(i => Enumerable.Range(0, options.Form.Input.Steps).Select(step => ((step * options.Form.Input.Units) + i.Feature, i.Count))),
        ];
        _stride = options.Width + 2;
        Counts = new OnlineCounts(options.Width + 1);
        _half = options.BatchRows / 2;
        _classes = options.Classes;
        _random = new Randomness(options.Seed);
        _reservoir = new ReplayReservoir(Plan.ReservoirRecords, _stride, _random.Next());
        _heldBack = new HeldBackRows(Plan.HeldBackBlocks, options.BatchRows, _stride);
        _scale = options.Running is { } running
            ? new FeatureScale(running.Normalisation)
            : new FeatureScale(options.Width, [.. Indices.Select(i => i.Feature), .. options.Classes > 0 ? [options.Width] : Array.Empty<int>()]);
        _warmUp = options.Running is null ? options.WarmUpRows : 0;
        _optimiser = options.Optimiser.Start<float>(_network.ParameterLength);
        _candidate = new float[_network.ParameterLength];
        _running = new float[_network.ParameterLength];
        _gradient = new float[_network.ParameterLength];
        _fresh = new float[ArraySize.Of("The records of a step", _half, _stride)];
        _weights = new double[options.BatchRows];
        _begin = [.. Enumerable.Repeat(true, options.BatchRows)];
        _rate = options.LearningRate;
        _predicting = new SpareNetworks(options.Form, NetworkPredictor.BlockRows);
        if (options.Running is null)
            _network.Initialise(_candidate, _random);
        else
            options.Running.Parameters.CopyTo(_candidate);
        _candidate.CopyTo(_running, 0);
    }

    /// <summary>How the memory is used.</summary>
    internal MemoryPlan Plan { get; }

    /// <summary>The features that embeddings take, and how many vectors those have.</summary>
    internal (int Feature, int Count)[] Indices { get; }

    /// <summary>Called between units of work that may be long.</summary>
    internal Action? Between { get; set; }

    /// <summary>Called with each model that is better.</summary>
    internal Action<Publication>? Published { get; set; }

    /// <summary>What was counted; written here, read by any thread.</summary>
    internal OnlineCounts Counts { get; }

    /// <summary>Whether means and deviations are known.</summary>
    private bool IsWarm => _taken >= _warmUp;

    /// <summary>Takes a record.</summary>
    /// <param name="record">Features, label, weight.</param>
    internal void Take(ReadOnlySpan<float> record)
    {
        bool held = _random.Fraction() < _options.HeldBackShare;
        if (_scale.Beyond(record, IsWarm) is int column and >= 0)
        {
            OnlineCounts.Add(ref Counts.Beyond[column]);
            return;
        }

        if (held)
        {
            OnlineCounts.Add(ref Counts.HeldBack);
            if (_heldBack.Add(record) && IsWarm)
                Judge();
            return;
        }

        _reservoir.Add(record);
        _taken++;
        if (_taken <= _warmUp)
        {
            _scale.Add(record);
            if (IsWarm)
                _scale.Fix();
            return;
        }

        record.CopyTo(_fresh.AsSpan(_freshCount * _stride));
        if (++_freshCount < _half)
            return;
        _freshCount = 0;
        Step();
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _network.Dispose();

    private void Step()
    {
        double sum = 0;
        for (int row = 0; row < _half; row++)
        {
            int slot = _reservoir.Draw();
            (_weights[row], _weights[_half + row]) = (_fresh[(row * _stride) + _stride - 1], _reservoir.Weight(slot));
            sum += _weights[row] + _weights[_half + row];
            Fill(row, _fresh.AsSpan(row * _stride, _stride));
            Fill(_half + row, _reservoir[slot]);
        }

        Weigh(sum);
        _network.Begin(_random.Next(), 0);
        _network.Reset(_begin);
        _network.Forward(_candidate, (float)(1 / (sum * _unit)), training: true);
        _network.Backward(_candidate, _gradient);
        _optimiser.Step(_candidate, _gradient, _rate);
        OnlineCounts.Add(ref Counts.Steps);
        OnlineCounts.Add(ref Counts.TrainedRows, 2 * _half);
        Between?.Invoke();
    }

    /// <summary>A block was held back: looks for drift, and when half of the blocks are new, at the candidate.</summary>
    private void Judge()
    {
        _newBlocks++;
        if (_options.Drift is { } drift)
        {
            double weight = Fill(_heldBack[0]), loss = Loss(_running, weight) / weight;
            if (double.IsFinite(loss) && drift.Add(loss, weight) == DriftState.Drift)
            {
                OnlineCounts.Add(ref Counts.Drifts);
                _reservoir.Clear();
                _heldBack.Clear();
                _newBlocks = 0;
            }
        }

        if (_heldBack.Count < LeastBlocks || 2 * _newBlocks < _heldBack.Count)
            return;
        _newBlocks = 0;
        PairedTest test = default;
        for (int block = 0; block < _heldBack.Count; block++)
        {
            double weight = Fill(_heldBack[block]);
            test.Add(weight, Loss(_running, weight), Loss(_candidate, weight));
            Between?.Invoke();
        }

        Volatile.Write(ref Counts.RunningLoss, test.Running);
        Volatile.Write(ref Counts.CandidateLoss, test.Candidate);
        if (test.Gain > StandardErrors * test.StandardError)
            Publish(test);
        else if (!double.IsFinite(test.Candidate) || (test.Candidate > Diverged * test.Running && -test.Gain > StandardErrors * test.StandardError))
            Restore();
        else
            OnlineCounts.Add(ref Counts.Rejected);
    }

    private void Publish(PairedTest test)
    {
        _candidate.CopyTo(_running, 0);
        OnlineCounts.Add(ref Counts.Published);
        NetworkPredictor predictor = new(
            _options.Form,
            _options.Form,
            _classes,
            [.. _running],
            _scale.ToNormalisation(),
            TrainingPrecision.Float32,
            _predicting);
        Published?.Invoke(new Publication(Counts.Published, predictor, test.Candidate, test.Gain, test.StandardError));
    }

    /// <summary>The candidate diverged: begins again from what runs, at half the rate.</summary>
    private void Restore()
    {
        OnlineCounts.Add(ref Counts.Restored);
        _running.CopyTo(_candidate, 0);
        foreach ((_, float[] values) in _optimiser.Memory)
            Array.Clear(values);
        _optimiser.Steps = 0;
        _rate /= 2;
    }

    private double Loss(float[] parameters, double weight)
    {
        _network.Reset(_begin);
        return _network.Forward(parameters, (float)(1 / (weight * _unit)), training: false) / _unit;
    }

    private double Fill(ReadOnlySpan<float> block)
    {
        double weight = 0;
        for (int row = 0; row < _options.BatchRows; row++)
        {
            ReadOnlySpan<float> record = block.Slice(row * _stride, _stride);
            weight += _weights[row] = record[^1];
            Fill(row, record);
        }

        Weigh(weight);
        return weight;
    }

    /// <summary>
    /// Gives the network the weights of its rows, times a power of two that brings their sum near 1: floats hold it then, whatever the weights' scale.
    /// </summary>
    private void Weigh(double sum)
    {
        _unit = Math.ScaleB(1, -Math.ILogB(sum));
        for (int row = 0; row < _weights.Length; row++)
            _network.Weights[row] = (float)(_weights[row] * _unit);
    }

    private void Fill(int row, ReadOnlySpan<float> record)
    {
        Span<float> input = _network.Input.Span;
        ReadOnlySpan<float> mean = _scale.Mean, inverse = _scale.Inverse;
        int rows = _options.BatchRows, label = _stride - 2;
        for (int f = 0; f < label; f++)
            input[(f * rows) + row] = (record[f] - mean[f]) * inverse[f];
        _network.Targets[row] = (record[label] - mean[label]) * inverse[label];
    }
}
