using System.Collections.Generic;

namespace Kml.Training.Adapting;

/// <summary>What a round of active learning came to.</summary>
/// <param name="Rows">The rows of the pool that were labelled in this round.</param>
/// <param name="Labelled">All rows labelled so far, with their labels.</param>
/// <param name="Model">The model fitted to them.</param>
public sealed record ActiveRound(IReadOnlyList<int> Rows, Samples Labelled, IPredictor Model);
