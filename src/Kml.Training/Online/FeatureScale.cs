using System;
using System.Collections.Generic;

namespace Kml.Training.Online;

/// <summary>Means and deviations of features and label, from the first records of a stream (Welford 1962, with weights as West 1979).</summary>
internal sealed class FeatureScale
{
    private readonly double[] _mean;
    private readonly double[] _squares;
    private readonly HashSet<int> _asTheyAre;
    private double _weight;

    /// <summary>Begins.</summary>
    /// <param name="width">Features of a record.</param>
    /// <param name="asTheyAre">Columns that are not scaled: indices, and the label of a classification.</param>
    internal FeatureScale(int width, IEnumerable<int> asTheyAre)
    {
        _mean = new double[width + 1];
        _squares = new double[width + 1];
        _asTheyAre = [.. asTheyAre];
        Mean = new float[width + 1];
        Inverse = new float[width + 1];
    }

    /// <summary>Takes that of a model.</summary>
    /// <param name="normalisation">The map.</param>
    internal FeatureScale(Normalisation normalisation)
        : this(normalisation.Mean.Length, [])
    {
        Mean = [.. normalisation.Mean, normalisation.LabelMean];
        Inverse = [.. normalisation.InverseDeviation, 1 / normalisation.LabelScale];
    }

    /// <summary>Means; [feature], then the label.</summary>
    internal float[] Mean { get; }

    /// <summary>Reciprocal deviations; 0 for a constant feature. [feature], then the label.</summary>
    internal float[] Inverse { get; }

    /// <summary>Takes a record.</summary>
    /// <param name="record">Features, label, weight.</param>
    internal void Add(ReadOnlySpan<float> record)
    {
        double weight = record[^1];
        _weight += weight;
        for (int c = 0; c < _mean.Length; c++)
        {
            double before = record[c] - _mean[c];

            // The first value is the mean to the last bit, whatever its weight: a constant has no spread then.
            _mean[c] = _weight == weight ? record[c] : _mean[c] + (before * weight / _weight);
            _squares[c] += weight * before * (record[c] - _mean[c]);
        }
    }

    /// <summary>The column in which a record is out of a network's reach: it would be the whole scale, or decide alone.</summary>
    /// <param name="record">Features, label, weight.</param>
    /// <param name="isFixed">Whether the scale is known.</param>
    /// <returns>The column; -1 for none.</returns>
    internal int Beyond(ReadOnlySpan<float> record, bool isFixed)
    {
        for (int c = 0; c < Mean.Length; c++)
        {
            bool isWithin = isFixed
                ? MathF.Abs((record[c] - Mean[c]) * Inverse[c]) <= Reach.MostDeviations
                : MathF.Abs(record[c]) <= (c < Mean.Length - 1 ? Reach.MostFeature : Reach.MostLabel);
            if (!isWithin)
                return c;
        }

        return -1;
    }

    /// <summary>Computes <see cref="Mean"/> and <see cref="Inverse"/>.</summary>
    internal void Fix()
    {
        for (int c = 0; c < _mean.Length; c++)
        {
            // Of a constant the sums are exact: the first value is its own mean, and nothing else has no spread.
            double deviation = Math.Sqrt(_squares[c] / _weight);
            bool constant = !(deviation > 0), label = c == _mean.Length - 1;
            float inverse = constant ? 0 : Normalisation.Within(1 / deviation);
            (Mean[c], Inverse[c]) = _asTheyAre.Contains(c) ? (0, 1) : ((float)_mean[c], constant ? label ? 1 : 0 : inverse);
        }
    }

    /// <summary>A copy for a model.</summary>
    /// <returns>The map of features and label.</returns>
    internal Normalisation ToNormalisation() => new(Mean[..^1], Inverse[..^1], 1 / Inverse[^1], Mean[^1]);
}
