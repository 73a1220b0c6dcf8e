using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Linear;

/// <summary>Sixteen rows of a column at once, and the last few of it with zeros behind them.</summary>
internal static class RowBlock
{
    /// <summary>Rows at once.</summary>
    internal const int Lanes = 16;

    /// <summary>Loads rows.</summary>
    /// <param name="column">The column.</param>
    /// <param name="row">The first row.</param>
    /// <returns>The rows; 0 where the column has ended.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Load(ReadOnlySpan<float> column, int row) =>
        row + Lanes <= column.Length ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(column), (nuint)row) : LoadLast(column[row..]);

    /// <summary>Stores rows, as many as the column has.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="row">The first row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector512<float> values, Span<float> column, int row)
    {
        if (row + Lanes <= column.Length)
            values.StoreUnsafe(ref MemoryMarshal.GetReference(column), (nuint)row);
        else
            StoreLast(values, column[row..]);
    }

    private static Vector512<float> LoadLast(ReadOnlySpan<float> rest)
    {
        Span<float> rows = stackalloc float[Lanes];
        rows.Clear();
        rest.CopyTo(rows);
        return Vector512.Create<float>(rows);
    }

    private static void StoreLast(Vector512<float> values, Span<float> rest)
    {
        for (int r = 0; r < rest.Length; r++)
            rest[r] = values[r];
    }
}
