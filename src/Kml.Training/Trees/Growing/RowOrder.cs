using System;

namespace Kml.Training.Trees;

/// <summary>
/// Rows in the order of nodes: those of a node lie together, in the order in which they were given, so that everything that reads a node reads memory forwards.
/// Splitting a node copies its rows to the same place of a second such order, left ones first.
/// </summary>
internal sealed unsafe class RowOrder
{
    private readonly byte[] _bins;
    private readonly int[] _rows;
    private readonly long[] _payload;

    /// <summary>Takes memory.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="features">The number of features; 0 if the columns of bins are given.</param>
    /// <param name="stride">Bytes from a column to the next.</param>
    internal RowOrder(int rows, int features, int stride)
    {
        Stride = stride;
        _bins = GC.AllocateUninitializedArray<byte>(ArraySize.Of("The binned features", stride, features), pinned: true);
        int padded = ArraySize.Sum("The rows", rows, 64);
        _rows = GC.AllocateUninitializedArray<int>(padded, pinned: true);
        _payload = GC.AllocateUninitializedArray<long>(padded, pinned: true);
        fixed (byte* bins = _bins)
            Bins = bins;
        fixed (int* indices = _rows)
            Rows = indices;
        fixed (long* payload = _payload)
            Payload = payload;
    }

    /// <summary>Bytes from a column to the next.</summary>
    internal int Stride { get; }

    /// <summary>[feature][place].</summary>
    internal byte* Bins { get; init; }

    /// <summary>Which row lies in a place.</summary>
    internal int* Rows { get; }

    /// <summary>What histograms sum, in a form of their own; [place].</summary>
    internal long* Payload { get; }

    /// <summary>The bins of a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>[place].</returns>
    internal byte* Column(int feature) => Bins + ((long)feature * Stride);
}
