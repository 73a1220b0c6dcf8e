namespace Kml.Training;

/// <summary>What became of the records of a set.</summary>
/// <param name="Records">All of them.</param>
/// <param name="Rows">Those that became rows.</param>
/// <param name="Faulted">Left out: features, label or the label's verdict faulted, or the label is no member of its enum.</param>
/// <param name="NonFinite">Left out: a feature or the label is NaN or infinite.</param>
/// <param name="Acted">Left out: the policy's action was carried out, so that the label shows its effect.</param>
public sealed record RowCounts(int Records, int Rows, int Faulted, int NonFinite, int Acted);
