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
            _mean[c] += before * weight / _weight;
            _squares[c] += weight * before * (record[c] - _mean[c]);
        }
    }

    /// <summary>Computes <see cref="Mean"/> and <see cref="Inverse"/>.</summary>
    internal void Fix()
    {
        for (int c = 0; c < _mean.Length; c++)
        {
            double deviation = Math.Sqrt(_squares[c] / _weight);
            float inverse = (float)(1 / deviation);

            // Below the rounding of a float the spread is noise of the sums, not of the data.
            bool constant = !(deviation > Math.Abs(_mean[c]) * 1e-7 && float.IsNormal(inverse));
            bool label = c == _mean.Length - 1;
            (Mean[c], Inverse[c]) = _asTheyAre.Contains(c) ? (0, 1) : ((float)_mean[c], constant ? label ? 1 : 0 : inverse);
        }
    }

    /// <summary>A copy for a model.</summary>
    /// <returns>The map of features and label.</returns>
    internal Normalisation ToNormalisation() => new(Mean[..^1], Inverse[..^1], 1 / Inverse[^1], Mean[^1]);
}
