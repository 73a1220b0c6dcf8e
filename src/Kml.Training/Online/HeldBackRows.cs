using System;

namespace Kml.Training.Online;

/// <summary>The newest records that were held back from learning, in whole blocks; the oldest block is overwritten.</summary>
/// <param name="blocks">Blocks that it holds.</param>
/// <param name="blockRows">Records of a block.</param>
/// <param name="stride">Numbers of a record.</param>
internal sealed class HeldBackRows(int blocks, int blockRows, int stride)
{
    private readonly float[] _rows = GC.AllocateArray<float>(ArraySize.Of("The records held back", blocks, blockRows, stride), pinned: true);
    private int _filling;
    private int _filled;
    private int _whole;

    /// <summary>Whole blocks that it holds. The one that is being filled is not among them.</summary>
    internal int Count => _whole;

    /// <summary>A whole block.</summary>
    /// <param name="index">0 for the newest.</param>
    /// <returns>Its records, one after the other.</returns>
    internal ReadOnlySpan<float> this[int index] => Block((_filling - 1 - index + (2 * blocks)) % blocks);

    /// <summary>Adds a record.</summary>
    /// <param name="record">Its numbers.</param>
    /// <returns>Whether a block is whole now.</returns>
    internal bool Add(ReadOnlySpan<float> record)
    {
        // What is overwritten is whole no more.
        if (_filled == 0 && _whole == blocks)
            _whole--;
        record.CopyTo(Block(_filling)[(_filled * stride)..]);
        if (++_filled < blockRows)
            return false;
        _filled = 0;
        _filling = (_filling + 1) % blocks;
        _whole++;
        return true;
    }

    /// <summary>Forgets all.</summary>
    internal void Clear() => _filled = _whole = 0;

    private Span<float> Block(int block) => _rows.AsSpan(block * blockRows * stride, blockRows * stride);
}
