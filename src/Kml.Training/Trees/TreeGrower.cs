using System;
using System.Collections.Generic;

namespace Kml.Training.Trees;

/// <summary>
/// Grows trees on binned rows, one after another in the same memory. Nodes are split in waves: each node's row numbers and payloads are put in order, then
/// feature by feature the bins; the smaller side's histogram is summed, the larger's is what remains of the node's.
/// </summary>
/// <remarks>
/// All sums are of integers, so that neither the threads nor the processor's vectors change the tree. Of splits with equal scores the lowest feature's
/// is taken, of one feature's that with the lowest threshold.
/// </remarks>
/// <typeparam name="TSums">What histograms sum.</typeparam>
internal sealed unsafe class TreeGrower<TSums>
    where TSums : struct, INodeSums
{
    /// <summary>Nodes that are split at a time: enough for many threads, few enough that histograms of a large tree do not all exist at once.</summary>
    private const int WaveNodes = 64;

    /// <summary>A split must gain more than this share of the node's score, which is far above what rounding makes of nothing.</summary>
    private const double LeastGain = 1e-10;

    private readonly BinnedRows _binned;
    private readonly TreeTeam _team;
    private readonly bool _compress;
    private readonly int _channels;
    private readonly RowOrder[] _orders;
    private readonly Stack<NodeHistograms> _spare = [];
    private readonly Stack<GrowingNode> _pending = [];
    private readonly List<GrowingNode> _wave = [];
    private readonly List<GrowingNode> _leaves = [];
    private readonly byte[] _leftOut;
    private readonly ushort[] _leafOf;
    private readonly byte* _absent;
    private readonly ushort* _leaf;
    private readonly Action<int> _splitRows;
    private readonly Action<int> _splitColumns;
    private GrowthLimits _limits = null!;
    private int _groups;
    private int _offset;

    /// <summary>Takes memory.</summary>
    /// <param name="binned">The rows.</param>
    /// <param name="classes">Classes of the label.</param>
    /// <param name="team">Threads to grow with.</param>
    /// <param name="compress">Whether to compress vectors.</param>
    internal TreeGrower(BinnedRows binned, int classes, TreeTeam team, bool compress)
    {
        _binned = binned;
        _team = team;
        _compress = compress;
        _channels = TSums.Channels(classes);
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
        _splitRows = SplitRows;
        _splitColumns = SplitColumns;
    }

    /// <summary>What each row brings, to be set before a tree is grown; [row].</summary>
    internal Span<long> Payload => new(_orders[0].Payload, _binned.Rows);

    /// <summary>1 for a row that the next tree is not to learn from, else 0; [row].</summary>
    internal Span<byte> LeftOut => _leftOut.AsSpan(0, _binned.Rows);

    /// <summary>The leaf of each row that the last tree learned from; [row].</summary>
    internal ReadOnlySpan<ushort> LeafOf => _leafOf;

    /// <summary>Grows a tree.</summary>
    /// <param name="limits">How far.</param>
    /// <param name="sampled">Whether <see cref="LeftOut"/> counts.</param>
    /// <returns>The tree.</returns>
    internal GrownTree Grow(GrowthLimits limits, bool sampled)
    {
        _limits = limits;
        _leaves.Clear();
        int rows = _binned.Rows;
        _offset = sampled ? 1 : 0;
        if (sampled)
        {
            rows = RowPartition.CountLeft(_absent, _binned.Rows, 0);
            RowPartition.Rows(_absent, 0, _binned.Rows, rows, _orders[0], _orders[1], 0, _compress);
            _team.Run(_binned.Features, f => RowPartition.Columns(_absent, 0, _binned.Rows, rows, Column(_orders[0], f), Column(_orders[1], f), _binned.Stride, 1, _compress));
        }

        GrowingNode root = Root(rows);
        while (_pending.Count > 0)
            SplitWave();
        return new GrownTree(root, [.. _leaves]);
    }

    private byte* Column(RowOrder order, int feature) => order.Bins + ((long)feature * order.Stride);

    private RowOrder Order(int depth)
    {
        int turn = depth + _offset;
        return turn == 0 ? _orders[0] : _orders[1 + ((turn - 1) & 1)];
    }

    private int Vectors(int feature) => (_binned.Edges[feature].Length + 8) & ~7;

    private GrowingNode Root(int rows)
    {
        NodeHistograms histograms = Take();
        RowOrder order = Order(0);
        int groups = Groups(1);
        _team.Run(groups, group =>
        {
            (int first, int end) = Features(group, groups);
            Sum(order, 0, rows, histograms, first, end);
            for (int f = first; f < end; f++)
                Search(histograms, f);
        });
        long[] totals = new long[_channels];
        for (int c = 0; c < _channels; c++)
            totals[c] = histograms.Sums[(c * 256) + _binned.Edges[0].Length];
        GrowingNode root = new() { Depth = 0, Position = 0, Start = 0, Count = rows, Totals = totals, Histograms = histograms };
        Decide(root);
        return root;
    }

    /// <summary>Splits some of the nodes that are worth it, and decides on their sides.</summary>
    private void SplitWave()
    {
        _wave.Clear();
        while (_pending.Count > 0 && _wave.Count < WaveNodes)
            _wave.Add(_pending.Pop());
        foreach (GrowingNode node in _wave)
            Divide(node);
        _team.Run(_wave.Count, _splitRows);
        foreach (GrowingNode node in _wave)
        {
            // The larger side takes over the node's histograms.
            (GrowingNode small, GrowingNode large) = Sides(node);
            if (small.Leaf < 0 || large.Leaf < 0)
                small.Histograms = Take();
            if (large.Leaf < 0)
                large.Histograms = node.Histograms;
        }

        _groups = Groups(_wave.Count);
        _team.Run(_wave.Count * _groups, _splitColumns);
        foreach (GrowingNode node in _wave)
        {
            (GrowingNode small, GrowingNode large) = Sides(node);
            if (large.Leaf >= 0)
                _spare.Push(node.Histograms!);
            if (small.Leaf >= 0 && small.Histograms is { } lent)
                _spare.Push(lent);
            node.Histograms = null;
            Decide(node.Left!);
            Decide(node.Right!);
        }
    }

    private static (GrowingNode Small, GrowingNode Large) Sides(GrowingNode node) =>
        node.Left!.Count <= node.Right!.Count ? (node.Left, node.Right) : (node.Right, node.Left);

    /// <summary>Makes a node's sides. One that is as deep as allowed or too light to be split is a leaf at once.</summary>
    private void Divide(GrowingNode node)
    {
        long[] left = new long[_channels], right = new long[_channels];
        for (int c = 0; c < _channels; c++)
        {
            left[c] = node.Histograms!.Sums[(((node.Feature * _channels) + c) * 256) + node.Bin];
            right[c] = node.Totals[c] - left[c];
        }

        node.Left = Side(node, left, 0);
        node.Right = Side(node, right, 1);
    }

    private GrowingNode Side(GrowingNode node, long[] totals, int side)
    {
        GrowingNode made = new() { Depth = node.Depth + 1, Position = (node.Position * 2) + side, Totals = totals };
        if (made.Depth == _limits.Depth || TSums.Mass(totals) < 2 * _limits.Split.LeastMass)
            AddLeaf(made);
        return made;
    }

    private void AddLeaf(GrowingNode node)
    {
        node.Leaf = _leaves.Count;
        _leaves.Add(node);
    }

    /// <summary>Chooses a node's split, or makes it a leaf.</summary>
    private void Decide(GrowingNode node)
    {
        if (node.Leaf >= 0)
        {
            node.Histograms = null;
            return;
        }

        NodeHistograms histograms = node.Histograms!;
        double best = double.NegativeInfinity, unsplit = TSums.Unsplit(node.Totals, _limits.Split);
        foreach (int f in _limits.FeaturesOf(node))
        {
            if (histograms.Scores[f] > best)
                (best, node.Feature, node.Bin) = (histograms.Scores[f], f, (byte)histograms.Bins[f]);
        }

        node.Gain = best - unsplit;
        if (node.Gain > _limits.LeastGain && node.Gain > LeastGain * unsplit)
        {
            _pending.Push(node);
            return;
        }

        AddLeaf(node);
        node.Histograms = null;
        _spare.Push(histograms);
        MarkLeaf(node, Order(node.Depth));
    }

    private NodeHistograms Take() => _spare.TryPop(out NodeHistograms? histograms) ? histograms : new NodeHistograms(_binned.Features, _channels);

    /// <summary>Pieces that the features of a node are cut into, for all threads to have work.</summary>
    private int Groups(int nodes) => _team.Threads == 1 ? 1 : Math.Clamp(4 * _team.Threads / nodes, 1, _binned.Features);

    private (int First, int End) Features(int group, int groups) => (group * _binned.Features / groups, (group + 1) * _binned.Features / groups);

    /// <summary>Puts row numbers and payloads of a node's sides in order, or says where the rows ended.</summary>
    private void SplitRows(int index)
    {
        GrowingNode node = _wave[index], left = node.Left!, right = node.Right!;
        RowOrder from = Order(node.Depth), to = Order(left.Depth);
        byte* split = Column(from, node.Feature) + node.Start;
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

    private void MarkLeaves(GrowingNode node, int* rows, byte* split)
    {
        ushort left = (ushort)node.Left!.Leaf, right = (ushort)node.Right!.Leaf;
        for (int i = 0; i < node.Count; i++)
            _leaf[rows[i]] = split[i] <= node.Bin ? left : right;
    }

    private void MarkLeaf(GrowingNode node, RowOrder order)
    {
        int* rows = order.Rows + node.Start;
        for (int i = 0; i < node.Count; i++)
            _leaf[rows[i]] = (ushort)node.Leaf;
    }

    /// <summary>Puts the bins of some features in order, and searches the best splits of both sides by them.</summary>
    private void SplitColumns(int piece)
    {
        GrowingNode node = _wave[piece / _groups];
        (GrowingNode small, GrowingNode large) = Sides(node);
        if (small.Histograms is not { } smaller)
            return;
        (int first, int end) = Features(piece % _groups, _groups);
        RowOrder from = Order(node.Depth), to = Order(small.Depth);
        byte* split = Column(from, node.Feature) + node.Start;
        RowPartition.Columns(split, node.Bin, node.Count, node.Left!.Count, Column(from, first) + node.Start, Column(to, first) + node.Start, from.Stride, end - first, _compress);
        Sum(to, small.Start, small.Count, smaller, first, end);
        for (int f = first; f < end; f++)
        {
            if (large.Leaf < 0)
            {
                for (int c = 0; c < _channels; c++)
                {
                    long at = ((f * (long)_channels) + c) * 256;
                    NodeHistograms.Subtract(large.Histograms!.Sums + at, smaller.Sums + at, Vectors(f));
                }

                Search(large.Histograms!, f);
            }

            if (small.Leaf < 0)
                Search(smaller, f);
        }
    }

    private void Sum(RowOrder order, int start, int count, NodeHistograms histograms, int first, int end)
    {
        long* sums = histograms.Sums + ((long)first * _channels * 256);
        NodeHistograms.Clear(sums, (end - first) * _channels);
        TSums.Add(Column(order, first) + start, order.Stride, end - first, order.Payload + start, count, sums, _channels);
        for (int f = first; f < end; f++)
        {
            for (int c = 0; c < _channels; c++, sums += 256)
                NodeHistograms.Accumulate(sums, Vectors(f));
        }
    }

    private void Search(NodeHistograms histograms, int feature) =>
        (histograms.Scores[feature], histograms.Bins[feature]) =
            TSums.Best(histograms.Sums + ((long)feature * _channels * 256), _binned.Edges[feature].Length + 1, _channels, _limits.Split);
}
