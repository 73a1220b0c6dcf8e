using System;

namespace Kml.Training.Linear;

/// <summary>Features less their mean, over their deviation: both in double precision from the training rows, with their weights. A constant feature is 0.</summary>
internal sealed class StandardColumns : ColumnSource
{
    private readonly Samples _samples;

    internal StandardColumns(Samples samples)
    {
        _samples = samples;
        Means = new double[samples.Width];
        Scales = new double[samples.Width];
        for (int f = 0; f < samples.Width; f++)
            (Means[f], Scales[f]) = Moments(samples.Column(f), samples.Weights);
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

    /// <summary>Mean and reciprocal deviation of the rows that count.</summary>
    private static (double Mean, double Scale) Moments(ReadOnlySpan<float> column, ReadOnlySpan<float> weights)
    {
        double sum = 0, weight = 0;
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        for (int r = 0; r < column.Length; r++)
        {
            if (weights[r] == 0)
                continue;
            sum += (double)weights[r] * column[r];
            weight += weights[r];
            least = MathF.Min(least, column[r]);
            most = MathF.Max(most, column[r]);
        }

        if (!(least < most))
            return (weight == 0 ? 0 : least, 0);
        double mean = sum / weight, squares = 0;
        for (int r = 0; r < column.Length; r++)
            squares += weights[r] * ((column[r] - mean) * (column[r] - mean));
        return (mean, 1 / Math.Sqrt(squares / weight));
    }
}
