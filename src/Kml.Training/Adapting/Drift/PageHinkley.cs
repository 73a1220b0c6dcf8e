using System;

namespace Kml.Training.Adapting;

/// <summary>
/// The test of Page (1954) and Hinkley (1971): sums how far values lie above their own mean, less a tolerance, and alarms when the sum has risen far above its
/// lowest. It sees rises only, as of a loss; it is the cheapest detector, and the one to know how large a rise matters.
/// </summary>
/// <remarks>Distances are in standard deviations of the values so far, so that its settings do not depend on the unit of the loss.</remarks>
public sealed class PageHinkley : IDriftDetector
{
    /// <summary>Before so many values, their mean and spread are too uncertain to measure by.</summary>
    private const int Least = 64;

    private Moments _values;
    private double _spread;
    private double _sum;
    private double _lowest;
    private long _count;

    /// <summary>How far above the mean values may lie without any suspicion, in deviations; half of the smallest rise that matters.</summary>
    public double Tolerance { get; init; } = 0.25;

    /// <summary>How far the sum must rise, in deviations: larger, and both false alarms and detections come later.</summary>
    public double Threshold { get; init; } = 30;

    /// <summary>The share of <see cref="Threshold"/> from which on there is a warning.</summary>
    public double WarningShare { get; init; } = 0.5;

    /// <inheritdoc/>
    public DriftState State { get; private set; }

    /// <summary>The weighted mean of the values since the last change.</summary>
    public double Mean => _values.Mean;

    /// <inheritdoc/>
    public DriftState Add(double value, double weight = 1)
    {
        Moments.Require(value, weight);
        if (weight == 0)
            return State == DriftState.Drift ? State = DriftState.None : State;

        // A row's step is its distance times its weight: the mean of steps is 0 whatever the weights, and their own spread, which weights raise, is the unit.
        if (_count >= Least)
        {
            double step = (value - _values.Mean) * (weight / (_values.Weight / _count)), unit = Math.Sqrt(_spread / _count);
            _sum += (unit > 0 ? step / unit : Math.Sign(step)) - Tolerance;
            _lowest = Math.Min(_lowest, _sum);
        }

        Learn(value, weight);
        double rise = _sum - _lowest;
        if (rise > Threshold)
        {
            Reset();
            return State = DriftState.Drift;
        }

        return State = rise > Threshold * WarningShare ? DriftState.Warning : DriftState.None;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _values = default;
        _spread = _sum = _lowest = 0;
        _count = 0;
        State = DriftState.None;
    }

    private void Learn(double value, double weight)
    {
        _values += Moments.Of(value, weight);
        _count++;
        double step = (value - _values.Mean) * (weight / (_values.Weight / _count));
        _spread += step * step;
    }
}
