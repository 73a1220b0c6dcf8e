using System;

namespace Kml.Training;

/// <summary>
/// Where values lie, by their weights. Sums are of distances from a value that occurs, in double precision: those of floats are exact, so that a constant has
/// spread 0 and nothing else has, however far from 0 it lies.
/// </summary>
internal struct Spread
{
    private double _origin;
    private double _sum;
    private double _weight;

    /// <summary>The weighted mean; 0 without weight.</summary>
    internal readonly double Mean => _weight > 0 ? _origin + (_sum / _weight) : 0;

    /// <summary>The root of the weighted mean squared distance from <see cref="Mean"/>; 0 of a constant alone. Of <see cref="Of"/>.</summary>
    internal double Deviation { get; private set; }

    /// <summary>What to divide distances by: the deviation, or 1 of a constant.</summary>
    internal readonly double Unit => Deviation > 0 ? Deviation : 1;

    /// <summary>Mean and deviation of a column.</summary>
    /// <param name="values">The column.</param>
    /// <param name="weights">Its weights.</param>
    /// <returns>Where it lies.</returns>
    internal static Spread Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        Spread spread = default;
        spread.Add(values, weights);
        spread.Deviation = spread.Distance(values, weights);
        return spread;
    }

    /// <summary>Takes values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="weights">Their weights.</param>
    internal void Add(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (_weight == 0)
                _origin = values[row];
            _sum += (values[row] - _origin) * weights[row];
            _weight += weights[row];
        }
    }

    /// <summary>The root of the mean squared distance of some values from <see cref="Mean"/>.</summary>
    /// <param name="values">The values.</param>
    /// <param name="weights">Their weights.</param>
    /// <returns>It; 0 without weight.</returns>
    internal readonly double Distance(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        double squares = 0, weight = 0, mean = Mean;
        for (int row = 0; row < values.Length; row++)
        {
            double difference = values[row] - mean;
            squares += difference * difference * weights[row];
            weight += weights[row];
        }

        return weight > 0 ? Math.Sqrt(squares / weight) : 0;
    }
}
