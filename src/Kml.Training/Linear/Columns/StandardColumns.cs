using System;

namespace Kml.Training.Linear;

/// <summary>
/// Features less their mean, over their deviation: both in double precision from the training rows, with their weights. A constant feature is 0.
/// </summary>
internal sealed class StandardColumns : ColumnSource
{
    private readonly Samples _samples;

    internal StandardColumns(Samples samples)
    {
        _samples = samples;
        Means = new double[samples.Width];
        Scales = new double[samples.Width];
        for (int f = 0; f < samples.Width; f++)
        {
            Spread spread = Spread.Of(samples.Column(f), samples.Weights);
            (Means[f], Scales[f]) = (spread.Mean, spread.Deviation > 0 ? Normalisation.Within(1 / spread.Deviation) : 0);
        }
    }

    /// <summary>[feature].</summary>
    internal double[] Means { get; }

    /// <summary>1 over the deviation, or 0 for a feature that is constant; [feature].</summary>
    internal double[] Scales { get; }

    internal override int Width => _samples.Width;

    internal override int Rows => _samples.Count;

    internal override string NameOf(int column) => _samples.Names[column];

    internal override void Fill(int firstColumn, int columns, int firstRow, int rows, AlignedMatrix panel)
    {
        for (int f = firstColumn; f < firstColumn + columns; f++)
        {
            ReadOnlySpan<float> column = _samples.Column(f).Slice(firstRow, rows);
            Span<double> target = panel[f][..rows];
            double mean = Means[f], scale = Scales[f];
            for (int r = 0; r < rows; r++)
                target[r] = (column[r] - mean) * scale;
        }
    }
}
