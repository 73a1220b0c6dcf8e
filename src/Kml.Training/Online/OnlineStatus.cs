using System.Collections.Generic;

namespace Kml.Training.Online;

/// <summary>
/// How the trainer is doing. Offered = taken + dropped + waiting, always; records without evidence and refused ones were not offered further.
/// </summary>
/// <param name="Offered">Records that came into the rings.</param>
/// <param name="Taken">Records that the trainer read.</param>
/// <param name="Dropped">Records that were overwritten before it did.</param>
/// <param name="Waiting">Records that it has not read yet.</param>
/// <param name="NoEvidence">Records of weight 0, left out.</param>
/// <param name="Refused">Records refused, by the column that was wrong; only columns that were.</param>
/// <param name="HeldBack">Records of the taken ones on which candidates are judged.</param>
/// <param name="Steps">Training steps.</param>
/// <param name="TrainedRows">Rows of all steps, those drawn again from the reservoir too.</param>
/// <param name="Published">Models that were better than what ran.</param>
/// <param name="Rejected">Candidates that were not.</param>
/// <param name="Restored">Candidates that diverged; each halved the learning rate.</param>
/// <param name="Drifts">Times that the detector found drift.</param>
/// <param name="RunningLoss">What runs, on the held-back records, when last compared; NaN before.</param>
/// <param name="CandidateLoss">The candidate, on the same records.</param>
/// <param name="CpuShare">The share of a processor that the trainer used over the last second, offers counted.</param>
/// <param name="PeakCpuShare">The greatest of these.</param>
/// <param name="CpuSeconds">All that it used.</param>
/// <param name="Bytes">Memory that it took at the start, and room for two published models.</param>
/// <param name="Failure">Why training ended by itself; null if it did not.</param>
public sealed record OnlineStatus(
    long Offered,
    long Taken,
    long Dropped,
    long Waiting,
    long NoEvidence,
    IReadOnlyDictionary<string, long> Refused,
    long HeldBack,
    long Steps,
    long TrainedRows,
    long Published,
    long Rejected,
    long Restored,
    long Drifts,
    double RunningLoss,
    double CandidateLoss,
    double CpuShare,
    double PeakCpuShare,
    double CpuSeconds,
    long Bytes,
    string? Failure);
