using System;

namespace Kml.Training.Linear;

/// <summary>
/// The same ridge regression without its matrix (Hestenes and Stiefel 1952, on the normal equations): each iteration passes
/// over the rows once, in panels, and memory grows with the number of columns, not with its square. For more columns than a
/// matrix has room for. Needs about as many iterations as the root of the condition number: the penalty is what bounds it.
/// </summary>
internal sealed class ConjugateGradients
{
    /// <summary>What is left of the equations when they count as solved.</summary>
    internal const double Tolerance = 1e-9;

    private readonly ColumnSource _columns;
    private readonly Samples _samples;
    private readonly RowShards _shards;
    private readonly double _weight;
    private readonly double[] _means;

    internal ConjugateGradients(ColumnSource columns, Samples samples)
    {
        _columns = columns;
        _samples = samples;
        _shards = new RowShards(columns, extra: 1);
        foreach (float weight in samples.Weights)
            _weight += weight;
        _means = Sums(null, (row, _) => _samples.Weights[row], out _);
        for (int i = 0; i < _means.Length; i++)
            _means[i] /= _weight;
    }

    /// <summary>Bytes that it takes.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(int rows, int width) => RowShards.Bytes(rows, width, extra: 1) + (6L * width * sizeof(double));

    /// <summary>Solves.</summary>
    /// <param name="penalty">What w'w costs, relative to the mean squared error.</param>
    /// <param name="mostIterations">The most passes over the rows.</param>
    /// <returns>Weights, intercept, passes, and what is left of the equations relative to their right side.</returns>
    internal (double[] Weights, double Intercept, int Iterations, double Residual) Solve(double penalty, int mostIterations)
    {
        double labels = 0;
        for (int row = 0; row < _samples.Count; row++)
            labels += (double)_samples.Weights[row] * _samples.Labels[row];
        labels /= _weight;

        double[] rest = Sums(null, (row, _) => _samples.Weights[row] * (_samples.Labels[row] - labels), out double left);
        Centre(rest, left);
        double[] w = new double[rest.Length], direction = [.. rest];
        double square = Rows.Dot(rest, rest), norm = Math.Sqrt(square);
        int iteration = 0;
        while (iteration < mostIterations && Math.Sqrt(square) > Tolerance * norm)
        {
            iteration++;
            double[] product = Sums(direction, (row, value) => _samples.Weights[row] * value, out double sum);
            Centre(product, sum);
            Rows.AddScaled(direction, penalty, product);
            double step = square / Rows.Dot(direction, product);
            Rows.AddScaled(direction, step, w);
            Rows.AddScaled(product, -step, rest);
            double next = Rows.Dot(rest, rest);
            for (int i = 0; i < direction.Length; i++)
                direction[i] = rest[i] + (next / square * direction[i]);
            square = next;
        }

        return (w, labels - Rows.Dot(w, _means), iteration, norm == 0 ? 0 : Math.Sqrt(square) / norm);
    }

    /// <summary>X'(W v) / W less the columns' means times the sum of W v: as if the columns had been centred.</summary>
    private void Centre(double[] sums, double sum)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] = (sums[i] - (_means[i] * sum)) / _weight;
    }

    /// <summary>X' v, where v is a function of the row and of the row's value under <paramref name="direction"/>.</summary>
    private double[] Sums(double[]? direction, Func<int, double, double> value, out double sum)
    {
        ReadOnlyMemory<double> sums = _shards.Run((panel, first, rows, totals) =>
        {
            Span<double> values = stackalloc double[RowShards.PanelRows];
            values = values[..rows];
            values.Clear();
            for (int i = 0; direction is not null && i < direction.Length; i++)
                Rows.AddScaled(panel[i][..rows], direction[i], values);
            double total = 0;
            for (int r = 0; r < rows; r++)
                total += values[r] = value(first + r, values[r]);
            for (int i = 0; i < _columns.Width; i++)
                totals[i] += Rows.Dot(panel[i][..rows], values);
            totals[^1] += total;
        });
        sum = sums.Span[^1];
        return sums[..^1].ToArray();
    }
}
