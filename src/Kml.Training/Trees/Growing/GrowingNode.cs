namespace Kml.Training.Trees;

/// <summary>A node of a tree that grows.</summary>
internal sealed class GrowingNode
{
    /// <summary>Splits above it.</summary>
    internal required int Depth { get; init; }

    /// <summary>Its place among the nodes that its depth has room for, from the left.</summary>
    internal required int Position { get; init; }

    /// <summary>Its first row's place.</summary>
    internal int Start { get; set; }

    /// <summary>The number of its rows.</summary>
    internal int Count { get; set; }

    /// <summary>Its sums, [channel].</summary>
    internal required long[] Totals { get; init; }

    /// <summary>Its histograms while it may be split.</summary>
    internal NodeHistograms? Histograms { get; set; }

    /// <summary>The feature that it is split on.</summary>
    internal int Feature { get; set; }

    /// <summary>The last bin on the left.</summary>
    internal byte Bin { get; set; }

    /// <summary>What splitting it gains, in the units of the integers.</summary>
    internal double Gain { get; set; }

    /// <summary>Rows with a bin up to <see cref="Bin"/>; null for a leaf.</summary>
    internal GrowingNode? Left { get; set; }

    /// <summary>The other rows; null for a leaf.</summary>
    internal GrowingNode? Right { get; set; }

    /// <summary>Its index among leaves; -1 if it is none.</summary>
    internal int Leaf { get; set; } = -1;
}
