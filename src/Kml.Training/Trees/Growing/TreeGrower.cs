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
    private readonly int _channels;
    private readonly GrowingRows _rows;
    private readonly Stack<NodeHistograms> _spare = [];
    private readonly Stack<GrowingNode> _pending = [];
    private readonly List<GrowingNode> _wave = [];
    private readonly List<GrowingNode> _leaves = [];
    private readonly Action<int> _splitRows;
    private readonly Action<int> _splitColumns;
    private GrowthLimits _limits = null!;
    private int _groups;

    /// <summary>Takes memory.</summary>
    /// <param name="binned">The rows.</param>
    /// <param name="classes">Classes of the label.</param>
    /// <param name="team">Threads to grow with.</param>
    /// <param name="compress">Whether to compress vectors.</param>
    internal TreeGrower(BinnedRows binned, int classes, TreeTeam team, bool compress)
    {
        _binned = binned;
        _team = team;
        _channels = TSums.Channels(classes);
        _rows = new GrowingRows(binned, compress);
        _splitRows = index => _rows.Split(_wave[index]);
        _splitColumns = SplitColumns;
    }

    /// <summary>What each row brings, to be set before a tree is grown; [row].</summary>
    internal Span<long> Payload => _rows.Payload;

    /// <summary>1 for a row that the next tree is not to learn from, else 0; [row].</summary>
    internal Span<byte> LeftOut => _rows.LeftOut;

    /// <summary>The leaf of each row that the last tree learned from; [row].</summary>
    internal ReadOnlySpan<ushort> LeafOf => _rows.LeafOf;

    /// <summary>Grows a tree.</summary>
    /// <param name="limits">How far.</param>
    /// <param name="sampled">Whether <see cref="LeftOut"/> counts.</param>
    /// <returns>The tree.</returns>
    internal GrownTree Grow(GrowthLimits limits, bool sampled)
    {
        _limits = limits;
        _leaves.Clear();
        int rows = _binned.Rows;
        if (sampled)
            rows = _rows.LeaveOut(_team);
        else
            _rows.TakeAll();

        GrowingNode root = Root(rows);
        while (_pending.Count > 0)
            SplitWave();
        return new GrownTree(root, [.. _leaves]);
    }

    private int Vectors(int feature) => (_binned.Edges[feature].Length + 8) & ~7;

    private GrowingNode Root(int rows)
    {
        NodeHistograms histograms = Take();
        RowOrder order = _rows.Order(0);
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
        _rows.MarkLeaf(node, _rows.Order(node.Depth));
    }

    private NodeHistograms Take() => _spare.TryPop(out NodeHistograms? histograms) ? histograms : new NodeHistograms(_binned.Features, _channels);

    /// <summary>Pieces that the features of a node are cut into, for all threads to have work.</summary>
    private int Groups(int nodes) => _team.Threads == 1 ? 1 : Math.Clamp(4 * _team.Threads / nodes, 1, _binned.Features);

    private (int First, int End) Features(int group, int groups) => (group * _binned.Features / groups, (group + 1) * _binned.Features / groups);

    /// <summary>Puts the bins of some features in order, and searches the best splits of both sides by them.</summary>
    private void SplitColumns(int piece)
    {
        GrowingNode node = _wave[piece / _groups];
        (GrowingNode small, GrowingNode large) = Sides(node);
        if (small.Histograms is not { } smaller)
            return;
        (int first, int end) = Features(piece % _groups, _groups);
        RowOrder to = _rows.SplitColumns(node, first, end);
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
        TSums.Add(order.Column(first) + start, order.Stride, end - first, order.Payload + start, count, sums, _channels);
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
