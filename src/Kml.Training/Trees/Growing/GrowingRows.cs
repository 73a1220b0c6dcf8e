using System;

namespace Kml.Training.Trees;

/// <summary>
/// The rows that a tree grows on: in two orders by turns, by depth, with those that it is not to learn from, and the leaf that each ended in.
/// </summary>
internal sealed unsafe class GrowingRows
{
    private readonly BinnedRows _binned;
    private readonly bool _compress;
    private readonly RowOrder[] _orders;
    private readonly byte[] _leftOut;
    private readonly ushort[] _leafOf;
    private readonly byte* _absent;
    private readonly ushort* _leaf;
    private int _offset;

    /// <summary>Takes memory.</summary>
    /// <param name="binned">The rows.</param>
    /// <param name="compress">Whether to compress vectors.</param>
    internal GrowingRows(BinnedRows binned, bool compress)
    {
        _binned = binned;
        _compress = compress;
        _orders =
        [
            new RowOrder(binned.Rows, 0, binned.Stride) { Bins = binned.Bins },
            new RowOrder(binned.Rows, binned.Features, binned.Stride),
            new RowOrder(binned.Rows, binned.Features, binned.Stride),
        ];
        for (int row = 0; row < binned.Rows; row++)
            _orders[0].Rows[row] = row;
        _leftOut = GC.AllocateArray<byte>(binned.Stride, pinned: true);
        _leafOf = GC.AllocateArray<ushort>(binned.Rows, pinned: true);
        fixed (byte* leftOut = _leftOut)
            _absent = leftOut;
        fixed (ushort* leafOf = _leafOf)
            _leaf = leafOf;
    }

    /// <summary>What each row brings, to be set before a tree is grown; [row].</summary>
    internal Span<long> Payload => new(_orders[0].Payload, _binned.Rows);

    /// <summary>1 for a row that the next tree is not to learn from, else 0; [row].</summary>
    internal Span<byte> LeftOut => _leftOut.AsSpan(0, _binned.Rows);

    /// <summary>The leaf of each row that the last tree learned from; [row].</summary>
    internal ReadOnlySpan<ushort> LeafOf => _leafOf;

    /// <summary>Begins a tree that learns from all rows.</summary>
    internal void TakeAll() => _offset = 0;

    /// <summary>Begins a tree that learns from the rows that are not left out.</summary>
    /// <param name="team">Threads to move rows with.</param>
    /// <returns>How many these are.</returns>
    internal int LeaveOut(TreeTeam team)
    {
        _offset = 1;
        (RowOrder from, RowOrder to) = (_orders[0], _orders[1]);
        int rows = RowPartition.CountLeft(_absent, _binned.Rows, 0);
        RowPartition.Rows(_absent, 0, _binned.Rows, rows, from, to, 0, _compress);
        team.Run(_binned.Features, f =>
            RowPartition.Columns(_absent, 0, _binned.Rows, rows, from.Column(f), to.Column(f), _binned.Stride, 1, _compress));
        return rows;
    }

    /// <summary>The order in which the nodes of a depth lie.</summary>
    /// <param name="depth">The depth.</param>
    /// <returns>The order. The rows as they were given stay as they are, for the next tree.</returns>
    internal RowOrder Order(int depth)
    {
        int turn = depth + _offset;
        return turn == 0 ? _orders[0] : _orders[1 + ((turn - 1) & 1)];
    }

    /// <summary>Puts row numbers and payloads of a node's sides in order, or says where the rows ended.</summary>
    /// <param name="node">The node; its sides learn where their rows lie.</param>
    internal void Split(GrowingNode node)
    {
        GrowingNode left = node.Left!, right = node.Right!;
        RowOrder from = Order(node.Depth), to = Order(left.Depth);
        byte* split = from.Column(node.Feature) + node.Start;
        left.Start = node.Start;
        if (left.Leaf >= 0 && right.Leaf >= 0)
        {
            MarkLeaves(node, from.Rows + node.Start, split);
            return;
        }

        left.Count = RowPartition.CountLeft(split, node.Count, node.Bin);
        right.Start = node.Start + left.Count;
        right.Count = node.Count - left.Count;
        RowPartition.Rows(split, node.Bin, node.Count, left.Count, from, to, node.Start, _compress);
        if (left.Leaf >= 0)
            MarkLeaf(left, to);
        if (right.Leaf >= 0)
            MarkLeaf(right, to);
    }

    /// <summary>Puts the bins of some features of a node's sides in order.</summary>
    /// <param name="node">The node.</param>
    /// <param name="first">The first feature.</param>
    /// <param name="end">The one after the last.</param>
    /// <returns>The order in which the sides lie.</returns>
    internal RowOrder SplitColumns(GrowingNode node, int first, int end)
    {
        GrowingNode left = node.Left!;
        RowOrder from = Order(node.Depth), to = Order(left.Depth);
        byte* split = from.Column(node.Feature) + node.Start;
        RowPartition.Columns(
            split, node.Bin, node.Count, left.Count, from.Column(first) + node.Start, to.Column(first) + node.Start, from.Stride, end - first, _compress);
        return to;
    }

    /// <summary>Says where the rows of a leaf ended.</summary>
    /// <param name="node">The leaf.</param>
    /// <param name="order">The order in which it lies.</param>
    internal void MarkLeaf(GrowingNode node, RowOrder order)
    {
        int* rows = order.Rows + node.Start;
        for (int i = 0; i < node.Count; i++)
            _leaf[rows[i]] = (ushort)node.Leaf;
    }

    private void MarkLeaves(GrowingNode node, int* rows, byte* split)
    {
        ushort left = (ushort)node.Left!.Leaf, right = (ushort)node.Right!.Leaf;
        for (int i = 0; i < node.Count; i++)
            _leaf[rows[i]] = split[i] <= node.Bin ? left : right;
    }
}
