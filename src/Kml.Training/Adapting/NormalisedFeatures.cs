using System;

namespace Kml.Training.Adapting;

/// <summary>The features themselves, each less its mean and over its standard deviation in given rows: the embedding that needs no model.</summary>
public sealed class NormalisedFeatures : IEmbedding
{
    private readonly float[] _means;
    private readonly float[] _inverses;

    /// <summary>Learns means and deviations.</summary>
    /// <param name="rows">The rows; their weights count, their labels do not.</param>
    /// <exception cref="TrainingException">No row has a weight.</exception>
    public NormalisedFeatures(Samples rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Reach.Check(rows, "given");
        rows = RelativeWeights.Of(rows);
        _means = new float[rows.Width];
        _inverses = new float[rows.Width];
        for (int f = 0; f < rows.Width; f++)
        {
            Moments moments = default;
            for (int row = 0; row < rows.Count; row++)
            {
                if (rows.Weights[row] > 0)
                    moments += Moments.Of(rows.Column(f)[row], rows.Weights[row]);
            }

            if (moments.Weight == 0)
                throw new TrainingException($"None of {rows.Count} rows has a weight: there is nothing to normalise features by. Collect rows first.");

            // Of a constant the sums are exact, so that it is known by them, and ignored.
            _means[f] = (float)moments.Mean;
            _inverses[f] = moments.Deviation > 0 ? Normalisation.Within(1 / Math.Sqrt(moments.Variance)) : 0;
        }
    }

    /// <inheritdoc/>
    public int Width => _means.Length;

    /// <inheritdoc/>
    public int EmbeddingWidth => _means.Length;

    /// <summary>Means of the features.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>Reciprocal standard deviations; 0 for a constant feature.</summary>
    public ReadOnlySpan<float> InverseDeviations => _inverses;

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<float> features, int rows, Span<float> embedding)
    {
        for (int f = 0; f < _means.Length; f++)
        {
            for (int row = 0; row < rows; row++)
                embedding[(f * rows) + row] = (features[(f * rows) + row] - _means[f]) * _inverses[f];
        }
    }
}
