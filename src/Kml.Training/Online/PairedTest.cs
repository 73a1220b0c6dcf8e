using System;

namespace Kml.Training.Online;

/// <summary>
/// How much better a candidate is than what runs, on the very same rows, and how sure that is. Blocks of rows are what varies, so that it holds where
/// neighbours are alike; the mean by weight is a ratio of sums, and its standard error that of the residuals (Cochran 1977, ch. 6).
/// </summary>
internal struct PairedTest
{
    private int _blocks;
    private double _weight;
    private double _running;
    private double _candidate;
    private double _squaredGain;
    private double _gainByWeight;
    private double _squaredWeight;

    /// <summary>The mean loss of what runs.</summary>
    internal readonly double Running => _running / _weight;

    /// <summary>The mean loss of the candidate.</summary>
    internal readonly double Candidate => _candidate / _weight;

    /// <summary>How much less the candidate loses.</summary>
    internal readonly double Gain => (_running - _candidate) / _weight;

    /// <summary>The standard error of <see cref="Gain"/>.</summary>
    internal readonly double StandardError
    {
        get
        {
            double gain = Gain, residuals = _squaredGain - (2 * gain * _gainByWeight) + (gain * gain * _squaredWeight);
            return Math.Sqrt(Math.Max(0, residuals) * _blocks / (_blocks - 1)) / _weight;
        }
    }

    /// <summary>Adds a block.</summary>
    /// <param name="weight">The sum of weights of its rows.</param>
    /// <param name="running">The weighted sum of losses of what runs.</param>
    /// <param name="candidate">The weighted sum of losses of the candidate.</param>
    internal void Add(double weight, double running, double candidate)
    {
        double gain = running - candidate;
        _blocks++;
        _weight += weight;
        _running += running;
        _candidate += candidate;
        _squaredGain += gain * gain;
        _gainByWeight += gain * weight;
        _squaredWeight += weight * weight;
    }
}
