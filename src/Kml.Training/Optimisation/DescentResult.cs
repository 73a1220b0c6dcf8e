using System.Collections.Generic;
using Kml.Training.Networks;

namespace Kml.Training.Optimisation;

/// <summary>What fitting led to.</summary>
/// <param name="Form">The network that the parameters are for: the declared one, or one with the roundings of its precision.</param>
/// <param name="Parameters">The parameters with the least validation loss.</param>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Epochs">A report an epoch.</param>
/// <param name="BestEpoch">The epoch of <paramref name="Parameters"/>; 0 if none was better than the first weights.</param>
/// <param name="Unsaved">Why the last checkpoint could not be written; null if it was, or none was to be.</param>
internal sealed record DescentResult(
    NetworkForm Form,
    float[] Parameters,
    TrainingOutcome Outcome,
    IReadOnlyList<EpochReport> Epochs,
    int BestEpoch,
    string? Unsaved);
