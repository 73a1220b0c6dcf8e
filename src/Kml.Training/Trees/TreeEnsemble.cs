using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Trees;

/// <summary>
/// Fitted trees, whose values are added: complete trees as data, level by level, over thresholds; or, the same, over bytes: each feature has a rising table of
/// the thresholds that its nodes use, at most 254, a value's bin is how many of them it is above, and a node compares bins. So a kernel needs integers alone.
/// </summary>
public sealed class TreeEnsemble
{
    /// <summary>The bin of a node that sends every row left.</summary>
    public const byte AllLeft = 255;

    private readonly CompleteTree[] _trees;
    private readonly float[][] _thresholds;
    private readonly float[] _start;

    internal TreeEnsemble(int width, IReadOnlyList<CompleteTree> trees, float[] start)
    {
        Width = width;
        _trees = [.. trees];
        _start = start;
        _thresholds = new float[width][];
        IEnumerable<CompleteTree.Node> splits = _trees.SelectMany(t => t.Nodes).Where(n => float.IsFinite(n.Threshold));
        foreach (IGrouping<int, float> used in splits.GroupBy(n => n.Feature, n => n.Threshold))
            _thresholds[used.Key] = [.. used.Distinct().Order()];
        for (int f = 0; f < width; f++)
            _thresholds[f] ??= [];
        long nodeBytes = (width <= 256 ? 1 : 2) + 1;
        SizeBytes = (_trees.Sum(t => (t.Nodes.Length * nodeBytes) + ((long)t.Leaves.Length * sizeof(float))))
            + _thresholds.Sum(t => (long)t.Length * sizeof(float)) + ((long)start.Length * sizeof(float));
    }

    /// <summary>Numbers that a row has.</summary>
    public int Width { get; }

    /// <summary>Sums that trees add to.</summary>
    public int Outputs => _start.Length;

    /// <summary>The number of trees. Tree t adds to output t mod <see cref="Outputs"/>, or its leaves have a value for each output.</summary>
    public int Count => _trees.Length;

    /// <summary>
    /// Bytes as a kernel would hold the tables: a node's feature (1 byte, 2 above 256 features) and bin (1 byte), 4 bytes a leaf's value, a threshold, an
    /// output's start. Complete trees are counted whole.
    /// </summary>
    public long SizeBytes { get; }

    /// <summary>What each output starts from.</summary>
    public ReadOnlySpan<float> Start => _start;

    /// <summary>The thresholds of a feature's nodes, rising.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>The thresholds.</returns>
    public ReadOnlySpan<float> Thresholds(int feature) => _thresholds[feature];

    /// <summary>A tree's depth: it has 2^depth - 1 nodes and 2^depth leaves.</summary>
    /// <param name="tree">The tree.</param>
    /// <returns>The depth.</returns>
    public int Depth(int tree) => _trees[tree].Depth;

    /// <summary>A node: rows whose bin of the feature is above the node's go to node 2i + 2, others to 2i + 1.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="node">Its index i, level by level.</param>
    /// <returns>The feature and the bin, <see cref="AllLeft"/> if no row goes right.</returns>
    public (int Feature, byte Bin) Node(int tree, int node)
    {
        CompleteTree.Node of = _trees[tree].Nodes[node];
        return float.IsFinite(of.Threshold) ? (of.Feature, (byte)_thresholds[of.Feature].AsSpan().BinarySearch(of.Threshold)) : (0, AllLeft);
    }

    /// <summary>A leaf's values.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="leaf">Its index, from the left.</param>
    /// <returns>One value, or one an output.</returns>
    public ReadOnlySpan<float> Leaf(int tree, int leaf) => _trees[tree].Leaves.AsSpan(leaf * _trees[tree].Values, _trees[tree].Values);

    /// <summary>A value's bin: how many thresholds it is above; of a NaN 0.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">The value.</param>
    /// <returns>The bin.</returns>
    public byte Bin(int feature, float value)
    {
        int low = 0, high = _thresholds[feature].Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = value > _thresholds[feature][middle] ? (middle + 1, high) : (low, middle);
        }

        return (byte)low;
    }

    /// <summary>Sums of trees.</summary>
    /// <param name="features">[feature][row].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="sums">Receives the sums, [output][row].</param>
    internal void Sum(ReadOnlySpan<float> features, int rows, Span<float> sums)
    {
        const int Block = 1024; // Features and sums of a block stay near the processor while all trees pass over it.
        for (int first = 0; first < rows; first += Block)
        {
            int count = Math.Min(Block, rows - first);
            for (int output = 0; output < Outputs; output++)
                sums.Slice((output * rows) + first, count).Fill(_start[output]);
            for (int t = 0; t < _trees.Length; t++)
                _trees[t].AddTo(features[first..], rows, count, sums[((_trees[t].Values == Outputs ? 0 : t % Outputs * rows) + first)..]);
        }
    }
}
