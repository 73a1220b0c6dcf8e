using System;
using System.Runtime.Intrinsics;

namespace Kml.Training.Linear;

/// <summary>Random Fourier features of samples: the very floats that the predictor computes, times the root of 2 over their number.</summary>
internal sealed class FourierColumns(FourierMap map, Samples samples) : ColumnSource
{
    private const int AtOnce = 64;

    /// <summary>What makes a feature of a cosine.</summary>
    internal double Amplitude { get; } = Math.Sqrt(2.0 / map.Features);

    internal override int Width => map.Features;

    internal override int Rows => samples.Count;

    internal override string NameOf(int column) => FormattableString.Invariant($"random Fourier feature {column}");

    internal override void Fill(int firstColumn, int columns, int firstRow, int rows, AlignedMatrix panel)
    {
        Span<Vector512<float>> cosines = stackalloc Vector512<float>[AtOnce];
        for (int column = firstColumn; column < firstColumn + columns; column += AtOnce)
        {
            int count = Math.Min(AtOnce, firstColumn + columns - column);
            Span<Vector512<float>> group = cosines[..((count + FourierMap.Group - 1) / FourierMap.Group * FourierMap.Group)];
            for (int row = 0; row < rows; row += RowBlock.Lanes)
            {
                map.Compute(samples.Features, samples.Count, firstRow + row, column, group);
                int due = Math.Min(RowBlock.Lanes, rows - row);
                for (int c = 0; c < count; c++)
                {
                    Span<double> target = panel[column + c].Slice(row, due);
                    for (int r = 0; r < due; r++)
                        target[r] = group[c][r] * Amplitude;
                }
            }
        }
    }
}
