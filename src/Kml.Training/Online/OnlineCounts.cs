using System.Threading;

namespace Kml.Training.Online;

/// <summary>What the training thread counts and others read.</summary>
/// <param name="columns">Features and label.</param>
internal sealed class OnlineCounts(int columns)
{
    /// <summary>Records that were left out because this column was out of a network's reach.</summary>
    internal readonly long[] Beyond = new long[columns];
    internal long HeldBack;
    internal long Steps;
    internal long TrainedRows;
    internal long Published;
    internal long Rejected;
    internal long Restored;
    internal long Drifts;
    internal double RunningLoss = double.NaN;
    internal double CandidateLoss = double.NaN;

    /// <summary>Counts; on the training thread only.</summary>
    /// <param name="count">The count.</param>
    /// <param name="more">By how much.</param>
    internal static void Add(ref long count, long more = 1) => Volatile.Write(ref count, count + more);
}
