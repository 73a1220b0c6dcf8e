using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Trees;

/// <summary>How far a tree grows.</summary>
/// <param name="Depth">The most splits above a leaf.</param>
/// <param name="Split">What is asked of a split.</param>
/// <param name="LeastGain">What a split must gain more than, in the units of the integers.</param>
/// <param name="Features">The features that the tree may split on, rising.</param>
/// <param name="FeaturesEach">How many of them a node chooses from.</param>
/// <param name="Key">Decides which these are.</param>
internal sealed record GrowthLimits(int Depth, SplitLimits Split, double LeastGain, int[] Features, int FeaturesEach, ulong Key)
{
    /// <summary>
    /// The features that a node may be split on: a function of its place in the tree, so that the order in which nodes are split does not count.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <returns>The features, rising.</returns>
    internal IEnumerable<int> FeaturesOf(GrowingNode node) =>
        FeaturesEach == Features.Length
            ? Features
            : Choose(Features, FeaturesEach, new CounterRandomness(Key).Draw((1UL << node.Depth) + (ulong)node.Position));

    /// <summary>Chooses some items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="count">How many to choose.</param>
    /// <param name="key">Decides which.</param>
    /// <returns>The chosen ones, in the order of the items.</returns>
    internal static int[] Choose(int[] items, int count, ulong key)
    {
        int[] order = [.. Enumerable.Range(0, items.Length)];
        new Randomness(key).Shuffle(order);
        return [.. order.Take(count).Order().Select(i => items[i])];
    }
}

/// <summary>A tree as it grew.</summary>
/// <param name="Root">Its root.</param>
/// <param name="Leaves">Its leaves, in the order of their indices.</param>
internal sealed record GrownTree(GrowingNode Root, GrowingNode[] Leaves);
