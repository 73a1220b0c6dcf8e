using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kml.Training.Trees;

/// <summary>
/// A tree with all nodes to its depth, level by level: the sides of node i are 2i + 1 and 2i + 2, the leaves follow the last nodes. A row takes depth steps
/// without a branch. Where the grown tree ends earlier, nodes send every row left, to copies of its leaf.
/// </summary>
internal sealed class CompleteTree
{
    private CompleteTree(int depth, int values)
    {
        Depth = depth;
        Values = values;
        Nodes = new Node[(1 << depth) - 1];
        Leaves = new float[values << depth];
        Array.Fill(Nodes, new Node(float.PositiveInfinity, 0));
    }

    /// <summary>Steps from the root to a leaf.</summary>
    internal int Depth { get; }

    /// <summary>Numbers a leaf.</summary>
    internal int Values { get; }

    /// <summary>The nodes, level by level.</summary>
    internal Node[] Nodes { get; }

    /// <summary>[leaf][value].</summary>
    internal float[] Leaves { get; }

    /// <summary>Lays a tree out.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="edges">The edges between bins, of each feature.</param>
    /// <param name="leaves">Its leaves' values, [leaf][value].</param>
    /// <param name="values">Numbers a leaf.</param>
    /// <returns>The complete tree, as deep as its deepest leaf.</returns>
    internal static CompleteTree Of(GrownTree tree, float[][] edges, ReadOnlySpan<float> leaves, int values)
    {
        int depth = 0;
        foreach (GrowingNode leaf in tree.Leaves)
            depth = Math.Max(depth, leaf.Depth);
        CompleteTree complete = new(depth, values);
        complete.Fill(tree.Root, edges);
        foreach (GrowingNode leaf in tree.Leaves)
        {
            int copies = 1 << (depth - leaf.Depth);
            for (int copy = 0; copy < copies; copy++)
                leaves.Slice(leaf.Leaf * values, values).CopyTo(complete.Leaves.AsSpan(((leaf.Position * copies) + copy) * values));
        }

        return complete;
    }

    /// <summary>Adds the values of rows' leaves to outputs.</summary>
    /// <param name="features">[feature][row].</param>
    /// <param name="stride">Rows from a feature to the next, and from an output to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">What to add to, [value][row].</param>
    internal void AddTo(ReadOnlySpan<float> features, int stride, int rows, Span<float> outputs)
    {
        ref Node nodes = ref MemoryMarshal.GetArrayDataReference(Nodes);
        ref float x = ref MemoryMarshal.GetReference(features);
        for (int row = 0; row < rows; row++)
        {
            nint at = 0;
            for (int level = 0; level < Depth; level++)
            {
                Node node = Unsafe.Add(ref nodes, at);
                at = (2 * at) + (Unsafe.Add(ref x, ((nint)node.Feature * stride) + row) > node.Threshold ? 2 : 1);
            }

            int leaf = ((int)at - Nodes.Length) * Values;
            for (int value = 0; value < Values; value++)
                outputs[(value * stride) + row] += Leaves[leaf + value];
        }
    }

    private void Fill(GrowingNode node, float[][] edges)
    {
        if (node.Leaf >= 0)
            return;
        Nodes[(1 << node.Depth) - 1 + node.Position] = new Node(edges[node.Feature][node.Bin], node.Feature);
        Fill(node.Left!, edges);
        Fill(node.Right!, edges);
    }

    /// <summary>A node: rows with a feature above the threshold go right. A NaN is above nothing.</summary>
    /// <param name="Threshold">The threshold; positive infinity for a node that sends every row left.</param>
    /// <param name="Feature">The feature.</param>
    internal readonly record struct Node(float Threshold, int Feature);
}
