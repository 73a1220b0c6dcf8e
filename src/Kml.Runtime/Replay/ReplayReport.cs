namespace Kml.Runtime;

/// <summary>What a replay found. A record counts as compared if there was anything in it to compare.</summary>
/// <param name="Records">Records given.</param>
/// <param name="Floats">Predictions of the float network among them.</param>
/// <param name="Integers">Predictions of the integer twin among them.</param>
/// <param name="Labels">Labels among them.</param>
/// <param name="Equal">Records of which everything compared is equal to the bit.</param>
/// <param name="Different">Records of which something is not.</param>
/// <param name="FirstDifference">The first difference in words, or null.</param>
public sealed record ReplayReport(
    long Records,
    long Floats,
    long Integers,
    long Labels,
    long Equal,
    long Different,
    string? FirstDifference)
{
    /// <summary>Predictions compared, of whichever engine.</summary>
    public long Predictions => Floats + Integers;
}
