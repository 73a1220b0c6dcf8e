namespace Kml.Training.Adapting;

/// <summary>What a strategy may ask from.</summary>
/// <param name="Learner">What the model is fitted by.</param>
/// <param name="Model">The model fitted to <paramref name="Labelled"/>.</param>
/// <param name="Labelled">The rows whose labels are known.</param>
/// <param name="Pool">Rows like those to be scored; their labels are not looked at.</param>
/// <param name="Seed">Fixes what is random.</param>
public sealed record QueryContext(ILearner Learner, IPredictor Model, Samples Labelled, Samples Pool, ulong Seed);
