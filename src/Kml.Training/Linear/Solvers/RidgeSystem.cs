using System;

namespace Kml.Training.Linear;

/// <summary>
/// Ridge regression in closed form: weights w and intercept b with the least weighted mean of (w x + b - y)^2 plus
/// penalty w'w. One pass over the rows sums the products of [columns, 1, label] with each other; what the normal equations
/// need, the intercept's part included, is in that one matrix.
/// </summary>
internal sealed class RidgeSystem
{
    /// <summary>The most columns: beyond, the matrix alone takes more than 3 GB and conjugate gradients are quicker.</summary>
    internal const int MostColumns = 20_000;

    private readonly ColumnSource _columns;
    private readonly int _width;
    private readonly GramMatrix _gram;

    internal RidgeSystem(ColumnSource columns, Samples samples)
    {
        _columns = columns;
        _width = columns.Width;
        _gram = new GramMatrix(_width + 2);
        _gram.Add(columns, row => samples.Weights[row], row => samples.Labels[row]);
    }

    /// <summary>Bytes that the system takes.</summary>
    /// <param name="width">The number of columns.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(int width) => GramMatrix.Bytes(width + 2) + (5L * width * sizeof(double));

    /// <summary>Solves; once, for the factor takes the matrix's place.</summary>
    /// <param name="penalty">What w'w costs, relative to the mean squared error.</param>
    /// <returns>Weights, intercept, and what is left of the equations relative to their right side.</returns>
    /// <exception cref="TrainingException">The columns repeat each other and there is no penalty.</exception>
    internal (double[] Weights, double Intercept, double Residual) Solve(double penalty)
    {
        AlignedMatrix s = _gram.Sums;
        double weight = s[_width][_width], labels = s[_width + 1][_width] / weight;
        double[] means = new double[_width], right = new double[_width], diagonal = new double[_width];
        for (int i = 0; i < _width; i++)
        {
            means[i] = s[_width][i] / weight;
            right[i] = (s[_width + 1][i] / weight) - (means[i] * labels);
        }

        // The upper triangle keeps the matrix that the factor overwrites below: for the residual, at no price in memory.
        for (int i = 0; i < _width; i++)
        {
            Span<double> row = s[i];
            for (int j = 0; j < i; j++)
                s[j][i] = row[j] = (row[j] / weight) - (means[i] * means[j]);
            double own = (row[i] / weight) - (means[i] * means[i]);
            diagonal[i] = row[i] = own > 0 || penalty > 0 ? own + penalty : 1;
        }

        int bad = Cholesky.Factorise(s, _width);
        if (bad >= 0)
        {
            throw new TrainingException(
                FormattableString.Invariant($"'{_columns.NameOf(bad)}' is a combination of the features before it, as far as double precision can tell. ")
                + FormattableString.Invariant($"Raise the penalty above {penalty:R}, or leave one of them out."));
        }

        double[] w = [.. right];
        Cholesky.Solve(s, w);
        double[] rest = Rest(s, diagonal, w, right);
        Cholesky.Solve(s, rest);
        Rows.AddScaled(rest, 1, w); // One step of refinement.
        rest = Rest(s, diagonal, w, right);
        double norm = Math.Sqrt(Rows.Dot(right, right));
        return (w, labels - Rows.Dot(w, means), norm == 0 ? 0 : Math.Sqrt(Rows.Dot(rest, rest)) / norm);
    }

    private static double[] Rest(AlignedMatrix upper, double[] diagonal, double[] w, double[] right)
    {
        double[] rest = [.. right];
        for (int i = 0; i < w.Length; i++)
        {
            ReadOnlySpan<double> row = upper[i].Slice(i + 1, w.Length - i - 1);
            rest[i] -= (diagonal[i] * w[i]) + Rows.Dot(row, w.AsSpan(i + 1));
            Rows.AddScaled(row, -w[i], rest.AsSpan(i + 1));
        }

        return rest;
    }
}
