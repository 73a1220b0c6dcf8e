using System;
using System.Runtime.Intrinsics;
using System.Threading.Tasks;
using Kml.Training.Layers;

namespace Kml.Training.Linear;

/// <summary>
/// X' W X in double precision, of columns that pass by in panels of rows. In single precision the matrix is not positive
/// definite: products of 24 bits are rounded to 24, an error of 6e-8 of the largest eigenvalue, and the smallest eigenvalues
/// of correlated columns (random features, counters that rise together) lie far below that, so that they come out negative
/// and no factorisation exists. Doubles hold the products of floats exactly and their sums to 1e-16.
/// </summary>
/// <remarks>
/// Work is divided by tiles of the matrix, not by rows: each tile is summed by one thread in the order of rows, so
/// that any number of threads gives the same bits, and no thread needs a matrix of its own.
/// </remarks>
internal sealed unsafe class GramMatrix
{
    /// <summary>Rows of a panel: four columns of it fill a third of a first-level cache.</summary>
    internal const int PanelRows = 512;

    private const int Block = 64;

    private readonly AlignedMatrix _panel;

    internal GramMatrix(int columns)
    {
        Columns = columns;
        Padded = (columns + DotTile.Side - 1) / DotTile.Side * DotTile.Side;
        Sums = new AlignedMatrix(Padded, Padded);
        _panel = new AlignedMatrix(Padded, PanelRows + AlignedMatrix.Lanes);
    }

    /// <summary>The number of columns.</summary>
    internal int Columns { get; }

    /// <summary>The number of columns, rounded up to whole tiles; those above are 0.</summary>
    internal int Padded { get; }

    /// <summary>The products; the lower triangle and the diagonal are valid.</summary>
    internal AlignedMatrix Sums { get; }

    /// <summary>Bytes that matrix and panel take.</summary>
    /// <param name="columns">The number of columns.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(int columns)
    {
        int padded = (columns + DotTile.Side - 1) / DotTile.Side * DotTile.Side;
        return AlignedMatrix.Bytes(padded, padded) + AlignedMatrix.Bytes(padded, PanelRows + AlignedMatrix.Lanes);
    }

    /// <summary>Adds the products of all rows of [columns, 1, label] with each other.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="weight">What a row counts for.</param>
    /// <param name="label">The label of a row; null if the matrix has no column for it.</param>
    internal void Add(ColumnSource columns, Func<int, double> weight, Func<int, double>? label)
    {
        double[] roots = new double[PanelRows];
        for (int first = 0; first < columns.Rows; first += PanelRows)
        {
            int rows = Math.Min(PanelRows, columns.Rows - first);
            for (int r = 0; r < rows; r++)
                roots[r] = Math.Sqrt(weight(first + r));
            FillColumns(columns, first, rows, roots);
            Span<double> ones = _panel[columns.Width];
            roots.AsSpan(0, rows).CopyTo(ones);
            ones[rows..].Clear();
            if (label is not null)
            {
                Span<double> labels = _panel[columns.Width + 1];
                for (int r = 0; r < rows; r++)
                    labels[r] = label(first + r) * roots[r];
                labels[rows..].Clear();
            }

            AddPanel();
        }
    }

    private void FillColumns(ColumnSource columns, int first, int rows, double[] roots) =>
        Parallel.For(0, (columns.Width + Block - 1) / Block, block =>
        {
            int column = block * Block, end = Math.Min(column + Block, columns.Width);
            columns.Fill(column, end - column, first, rows, _panel);
            for (; column < end; column++)
            {
                Span<double> values = _panel[column];
                for (int r = 0; r < rows; r++)
                    values[r] *= roots[r];
                values[rows..].Clear();
            }
        });

    private void AddPanel()
    {
        int blocks = (Padded + Block - 1) / Block;
        // Pair p is (i, j) with j <= i, counted row by row of the triangle.
        Parallel.For(0, blocks * (blocks + 1) / 2, pair =>
        {
            int i = (int)((Math.Sqrt((8.0 * pair) + 1) - 1) / 2);
            AddBlock(i * Block, (pair - (i * (i + 1) / 2)) * Block);
        });
    }

    private void AddBlock(int firstRow, int firstColumn)
    {
        double* panel = _panel.Pointer, sums = Sums.Pointer;
        int stride = _panel.Stride;
        Span<Vector512<double>> lanes = stackalloc Vector512<double>[DotTile.Side * DotTile.Side];
        Span<double> tile = stackalloc double[DotTile.Side * DotTile.Side];
        for (int i = firstRow; i < Math.Min(firstRow + Block, Padded); i += DotTile.Side)
        {
            for (int j = firstColumn; j < Math.Min(firstColumn + Block, i + DotTile.Side); j += DotTile.Side)
            {
                DotTile.Run(ref panel[i * stride], stride, ref panel[j * stride], stride, PanelRows / AlignedMatrix.Lanes, lanes, tile);
                for (int r = 0; r < DotTile.Side; r++)
                {
                    double* target = sums + ((i + r) * Sums.Stride) + j;
                    for (int c = 0; c < DotTile.Side; c++)
                        target[c] += tile[(r * DotTile.Side) + c];
                }
            }
        }

        GC.KeepAlive(this);
    }
}
