using System;
using System.Runtime.InteropServices;

namespace Kml.Training.Linear;

/// <summary>
/// A matrix of doubles, row by row, whose rows begin on a cache line: exactly as large as it must be, so that memory can be stated before it is taken.
/// </summary>
/// <remarks>Not from <see cref="Tensors.TensorPool"/>, whose slabs are powers of two: nothing for a batch, half of it wasted for a Gram matrix.</remarks>
internal sealed unsafe class AlignedMatrix
{
    /// <summary>Elements at once: eight on every machine.</summary>
    internal const int Lanes = 8;

    private readonly double[] _memory;
    private readonly int _offset;

    internal AlignedMatrix(int rows, int columns)
    {
        Rows = rows;
        Stride = StrideFor(columns);
        _memory = GC.AllocateArray<double>(ArraySize.Sum("A matrix of the linear solver", ((long)rows * Stride) + Lanes), pinned: true);
        nuint misaligned = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) % (Lanes * sizeof(double));
        _offset = misaligned == 0 ? 0 : Lanes - (int)(misaligned / sizeof(double));
    }

    /// <summary>The number of rows.</summary>
    internal int Rows { get; }

    /// <summary>Elements from one row to the next.</summary>
    internal int Stride { get; }

    /// <summary>Where it begins. The memory is pinned; the matrix must be kept alive meanwhile.</summary>
    internal double* Pointer => (double*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, _offset);

    /// <summary>A row with its padding.</summary>
    /// <param name="row">Its index.</param>
    internal Span<double> this[int row] => _memory.AsSpan(_offset + (row * Stride), Stride);

    /// <summary>Bytes that a matrix takes.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(int rows, int columns) => (((long)rows * StrideFor(columns)) + Lanes) * sizeof(double);

    internal void Clear() => Array.Clear(_memory);

    private static int StrideFor(int columns) => (columns + Lanes - 1) / Lanes * Lanes;
}
