using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.Training;

/// <summary>What fitting led to.</summary>
/// <param name="Parameters">The parameters with the least validation loss.</param>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Epochs">A report an epoch.</param>
/// <param name="BestEpoch">The epoch of <paramref name="Parameters"/>; 0 if none was better than the first weights.</param>
internal sealed record FitResult(float[] Parameters, TrainingOutcome Outcome, IReadOnlyList<EpochReport> Epochs, int BestEpoch);

/// <summary>Minibatch Adam with early stopping.</summary>
internal sealed class Fit
{
    /// <summary>A training loss this many times that of the first weights is no fluctuation.</summary>
    private const double DivergedAt = 10;

    private readonly TrainingOptions _options;
    private readonly TrainingRows _train;
    private readonly TrainingRows _validation;
    private readonly TrainingPass _pass;
    private readonly DenseAdam _adam;
    private readonly Randomness _random;
    private readonly int[] _order;
    private readonly int[] _validationOrder;
    private readonly float[] _parameters;

    /// <summary>Prepares a fit.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="options">How to train.</param>
    /// <param name="train">Rows to learn from.</param>
    /// <param name="validation">Rows to decide on.</param>
    internal Fit(NetworkShape shape, TrainingOptions options, TrainingRows train, TrainingRows validation)
    {
        _options = options;
        _train = train;
        _validation = validation;
        _pass = new TrainingPass(shape, new DenseLoss(shape.Classes, options.Loss, options.HuberDelta), options.BatchRows);
        _random = new Randomness(options.Seed);
        _parameters = _pass.Layout.Initial(_random);
        _adam = new DenseAdam(_parameters.Length);
        _order = [.. Enumerable.Range(0, train.Targets.Length)];
        _validationOrder = [.. Enumerable.Range(0, validation.Targets.Length)];
    }

    /// <summary>Fits.</summary>
    /// <param name="progress">Called after each epoch.</param>
    /// <returns>The result.</returns>
    internal FitResult Run(Action<EpochReport> progress)
    {
        long start = Stopwatch.GetTimestamp();
        double limit = DivergedAt * _pass.MeanLoss(_parameters, _train, _order);
        double bestLoss = _pass.MeanLoss(_parameters, _validation, _validationOrder);
        float[] best = [.. _parameters];
        float rate = _options.LearningRate;
        int bestEpoch = 0, rateEpoch = 0;
        List<EpochReport> epochs = [];
        for (int epoch = 1; epoch <= _options.MaxEpochs; epoch++)
        {
            long begun = Stopwatch.GetTimestamp();
            double trainLoss = Epoch(rate);
            double rowsPerSecond = _order.Length / Stopwatch.GetElapsedTime(begun).TotalSeconds;
            double validationLoss = _pass.MeanLoss(_parameters, _validation, _validationOrder);
            bool diverged = !(trainLoss <= limit) || !double.IsFinite(validationLoss);
            if (!diverged && validationLoss < bestLoss)
            {
                (bestLoss, bestEpoch, rateEpoch) = (validationLoss, epoch, epoch);
                _parameters.CopyTo(best, 0);
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            EpochReport report = new(epoch, trainLoss, validationLoss, bestEpoch, bestLoss, rate, rowsPerSecond, elapsed, elapsed / epoch * (_options.MaxEpochs - epoch));
            epochs.Add(report);
            progress(report);
            if (diverged)
                return new FitResult(best, TrainingOutcome.Diverged, epochs, bestEpoch);
            if (epoch - bestEpoch >= _options.Patience)
                return new FitResult(best, TrainingOutcome.Converged, epochs, bestEpoch);
            if (epoch - rateEpoch >= Math.Max(1, _options.Patience / 2))
                (rate, rateEpoch) = (rate / 2, epoch);
        }

        return new FitResult(best, TrainingOutcome.EpochLimit, epochs, bestEpoch);
    }

    private double Epoch(float rate)
    {
        _random.Shuffle(_order);
        double loss = 0, weight = 0;
        for (int at = 0; at < _order.Length; at += _options.BatchRows)
        {
            _pass.Load(_train.Inputs, _train.Targets, _train.Weights, _order.AsSpan(at, Math.Min(_options.BatchRows, _order.Length - at)));
            (double batchLoss, double batchWeight) = _pass.Forward(_parameters);
            _pass.Backward(_parameters);
            _adam.Step(_parameters, _pass.Gradient, rate);
            loss += batchLoss;
            weight += batchWeight;
        }

        return loss / weight;
    }
}
