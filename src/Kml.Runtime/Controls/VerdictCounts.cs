namespace Kml.Runtime;

/// <summary>Verdicts on predictions against verdicts on labels, of one engine, over what was not acted on. All are counts since load.</summary>
/// <param name="TrueNegative">Both no.</param>
/// <param name="FalseNegative">Predicted no, and it was yes.</param>
/// <param name="FalsePositive">Predicted yes, and it was no.</param>
/// <param name="TruePositive">Both yes.</param>
public readonly record struct VerdictCounts(ulong TrueNegative, ulong FalseNegative, ulong FalsePositive, ulong TruePositive)
{
    /// <summary>All verdicts.</summary>
    public ulong Total => TrueNegative + FalseNegative + FalsePositive + TruePositive;

    /// <summary>The share of verdicts that were right, 0 to 1; NaN without any.</summary>
    public double Accuracy => (double)(TrueNegative + TruePositive) / Total;
}
