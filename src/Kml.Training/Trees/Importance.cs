using System.Linq;

namespace Kml.Training.Trees;

/// <summary>What splits gained, by feature.</summary>
internal static class Importance
{
    /// <summary>Adds a tree's gains.</summary>
    /// <param name="node">Its root.</param>
    /// <param name="unit">What a gain in the units of the integers is in those of the loss.</param>
    /// <param name="gains">What to add to, [feature].</param>
    internal static void Add(GrowingNode node, double unit, double[] gains)
    {
        if (node.Leaf >= 0)
            return;
        gains[node.Feature] += node.Gain * unit;
        Add(node.Left!, unit, gains);
        Add(node.Right!, unit, gains);
    }

    /// <summary>Gains as shares of their sum.</summary>
    /// <param name="gains">The gains.</param>
    /// <returns>The shares.</returns>
    internal static double[] Shares(double[] gains)
    {
        double total = gains.Sum();
        return [.. gains.Select(gain => total > 0 ? gain / total : 0)];
    }
}
