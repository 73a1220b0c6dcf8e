namespace Kml.Training.Online;

/// <summary>A model that was better than the one before it.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Predictor">The model; it does not change any more.</param>
/// <param name="Loss">Its mean loss on the held-back records.</param>
/// <param name="Gain">By how much that is less than what ran until now loses on the very same records.</param>
/// <param name="StandardError">The standard error of the gain.</param>
public sealed record Publication(long Number, NetworkPredictor Predictor, double Loss, double Gain, double StandardError);
