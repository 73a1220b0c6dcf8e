using System;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Linear;

/// <summary>
/// A = L L' of a symmetric positive definite matrix, in place: L replaces the lower triangle, the upper one is left alone.
/// Rows of L are inner products of earlier rows, taken by tiles (<see cref="DotTile"/>), so that a matrix larger than the
/// caches is read once for every 32 rows.
/// </summary>
internal static unsafe class Cholesky
{
    private const int RowsAtOnce = 32;

    /// <summary>Factorises.</summary>
    /// <param name="a">The matrix; its rows are padded to whole tiles, and its padding is 0.</param>
    /// <param name="order">Its order.</param>
    /// <returns>-1, or the first row whose pivot is not positive: the matrix is not positive definite.</returns>
    internal static int Factorise(AlignedMatrix a, int order)
    {
        Span<Vector512<double>> lanes = stackalloc Vector512<double>[DotTile.Side * DotTile.Side];
        Span<double> tile = stackalloc double[DotTile.Side * DotTile.Side];
        double* p = a.Pointer;
        for (int first = 0; first < order; first += RowsAtOnce)
        {
            int end = Math.Min(first + RowsAtOnce, order);
            for (int j = 0; j < end; j += DotTile.Side)
            {
                for (int i = Math.Max(first, j); i < end; i += DotTile.Side)
                {
                    // Of a tile in the middle of eight columns the products would take in columns not yet computed: 0 in their place.
                    int vectors = j / AlignedMatrix.Lanes;
                    DotTile.Run(ref p[i * a.Stride], a.Stride, ref p[j * a.Stride], a.Stride, vectors, lanes, tile);
                    int bad = Finish(a, order, i, j, vectors * AlignedMatrix.Lanes, tile);
                    if (bad >= 0)
                        return bad;
                }
            }
        }

        GC.KeepAlive(a);
        return -1;
    }

    /// <summary>Solves L L' x = b.</summary>
    /// <param name="l">The factor.</param>
    /// <param name="x">b; receives x.</param>
    internal static void Solve(AlignedMatrix l, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            ReadOnlySpan<double> row = l[i];
            x[i] = (x[i] - Rows.Dot(row[..i], x[..i])) / row[i];
        }

        for (int i = x.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = l[i];
            x[i] /= row[i];
            Rows.AddScaled(row[..i], -x[i], x[..i]);
        }
    }

    /// <summary>The last few products of a tile, and its division or roots.</summary>
    private static int Finish(AlignedMatrix a, int order, int i, int j, int length, ReadOnlySpan<double> tile)
    {
        double* p = a.Pointer;
        for (int r = i; r < Math.Min(i + DotTile.Side, order); r++)
        {
            double* row = p + (r * a.Stride);
            for (int c = j; c < Math.Min(j + DotTile.Side, r + 1); c++)
            {
                double* other = p + (c * a.Stride);
                double sum = row[c] - tile[((r - i) * DotTile.Side) + c - j];
                for (int k = length; k < c; k++)
                    sum -= row[k] * other[k];
                if (c < r)
                    row[c] = sum / other[c];
                else if (sum > 0)
                    row[c] = Math.Sqrt(sum);
                else
                    return r;
            }
        }

        return -1;
    }
}
