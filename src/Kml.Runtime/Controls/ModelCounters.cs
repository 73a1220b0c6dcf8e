namespace Kml.Runtime;

/// <summary>What became of the requests whose first event was seen. All are counts since load.</summary>
/// <param name="Queued">Entries made.</param>
/// <param name="Labelled">Entries that got their label, and so a record.</param>
/// <param name="Merged">Entries whose bio went into a request that another bio of it had labelled.</param>
/// <param name="Unissued">Entries whose bio ended without ever being issued.</param>
/// <param name="TableFull">Entries for which the table had no room.</param>
/// <param name="Expired">Entries that were overwritten, or whose disk went.</param>
/// <param name="InFlight">Entries that still wait, counted one by one.</param>
public readonly record struct JoinCounts(ulong Queued, ulong Labelled, ulong Merged, ulong Unissued, ulong TableFull, ulong Expired, ulong InFlight)
{
    /// <summary>How much <c>queued = labelled + merged + unissued + table_full + expired + in_flight</c> is off; 0 while the disks are idle, unless the join is wrong.</summary>
    public long Off => unchecked((long)(Queued - Labelled - Merged - Unissued - TableFull - Expired - InFlight));
}

/// <summary>Who predicted, and what came of it. All are counts since load.</summary>
/// <param name="Tried">Events at which a prediction was due.</param>
/// <param name="Float">Predictions of the float network.</param>
/// <param name="Integer">Predictions of the integer twin.</param>
/// <param name="NonePath">None, because the chosen path has no engine.</param>
/// <param name="NoneFpu">None, because the FPU was in use.</param>
/// <param name="NoneFault">None, because the features faulted.</param>
/// <param name="WouldAct">Predictions on which the policy asked for an action.</param>
/// <param name="Acted">Actions carried out.</param>
/// <param name="HeldOut">Predictions in the share on which nothing is carried out.</param>
/// <param name="LabelNone">Labels not computed, because the FPU was in use.</param>
/// <param name="LabelFault">Labels that faulted.</param>
public readonly record struct PredictionCounts(
    ulong Tried,
    ulong Float,
    ulong Integer,
    ulong NonePath,
    ulong NoneFpu,
    ulong NoneFault,
    ulong WouldAct,
    ulong Acted,
    ulong HeldOut,
    ulong LabelNone,
    ulong LabelFault)
{
    /// <summary>How much <c>tried = float + integer + none_path + none_fpu + none_fault</c> is off; 0 while the disks are idle, unless the count is wrong.</summary>
    public long Off => unchecked((long)(Tried - Float - Integer - NonePath - NoneFpu - NoneFault));
}

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
