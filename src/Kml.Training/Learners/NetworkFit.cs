using System.Collections.Generic;

namespace Kml.Training;

/// <summary>What fitting a network led to.</summary>
/// <param name="Predictor">The network with the least validation loss.</param>
/// <param name="Outcome">Why training ended.</param>
/// <param name="Epochs">A report an epoch.</param>
/// <param name="BestEpoch">The epoch of the predictor's weights; 0 if none was better than the first.</param>
/// <param name="Warnings">What there is to know.</param>
public sealed record NetworkFit(NetworkPredictor Predictor, TrainingOutcome Outcome, IReadOnlyList<EpochReport> Epochs, int BestEpoch, IReadOnlyList<TrainingWarning> Warnings);
