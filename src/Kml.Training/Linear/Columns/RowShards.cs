using System;
using System.Threading.Tasks;

namespace Kml.Training.Linear;

/// <summary>
/// Passes over all rows of columns, shard by shard, and adds what the shards found. The shards depend on the number
/// of rows alone and are added in their order: any number of threads gives the same bits.
/// </summary>
internal sealed class RowShards
{
    /// <summary>Rows that are computed at once.</summary>
    internal const int PanelRows = 128;

    private const int LeastRows = 1024;
    private const int MostShards = 16;

    private readonly ColumnSource _columns;
    private readonly int _rowsEach;
    private readonly AlignedMatrix[] _panels;
    private readonly double[][] _totals;

    /// <summary>Prepares passes.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="extra">Sums of a pass beside one a column.</param>
    /// <param name="outputs">Sums a column.</param>
    internal RowShards(ColumnSource columns, int extra, int outputs = 1)
    {
        _columns = columns;
        int shards = Count(columns.Rows);
        _rowsEach = (int)((((long)columns.Rows + shards - 1) / shards + PanelRows - 1) / PanelRows * PanelRows);
        _panels = new AlignedMatrix[shards];
        _totals = new double[shards][];
        for (int s = 0; s < shards; s++)
        {
            _panels[s] = new AlignedMatrix(columns.Width, PanelRows + AlignedMatrix.Lanes);
            _totals[s] = new double[ArraySize.Sum("The totals of a shard", ((long)columns.Width * outputs) + extra)];
        }
    }

    /// <summary>What a shard does with a panel of its rows.</summary>
    /// <param name="panel">[column][row].</param>
    /// <param name="first">The first of the rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="totals">The shard's sums, to add to.</param>
    internal delegate void Pass(AlignedMatrix panel, int first, int rows, Span<double> totals);

    /// <summary>Bytes that passes take.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="extra">Sums of a pass beside one a column.</param>
    /// <param name="outputs">Sums a column.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(int rows, int width, int extra, int outputs = 1) =>
        Count(rows) * (AlignedMatrix.Bytes(width, PanelRows + AlignedMatrix.Lanes) + ((((long)width * outputs) + extra) * sizeof(double)));

    /// <summary>Passes over all rows once.</summary>
    /// <param name="pass">What to do with each panel.</param>
    /// <returns>The sums; valid until the next pass.</returns>
    internal ReadOnlyMemory<double> Run(Pass pass)
    {
        Parallel.For(0, _panels.Length, s =>
        {
            _totals[s].AsSpan().Clear();
            int end = Math.Min((s + 1) * _rowsEach, _columns.Rows);
            for (int first = s * _rowsEach; first < end; first += PanelRows)
            {
                int rows = Math.Min(PanelRows, end - first);
                _columns.Fill(0, _columns.Width, first, rows, _panels[s]);
                pass(_panels[s], first, rows, _totals[s]);
            }
        });
        for (int s = 1; s < _totals.Length; s++)
            Rows.AddScaled(_totals[s], 1, _totals[0]);
        return _totals[0];
    }

    private static int Count(int rows) => Math.Clamp(rows / LeastRows, 1, MostShards);
}
