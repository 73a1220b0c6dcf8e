namespace Kml.Training.Optimisation;

/// <summary>
/// Adam (Kingma and Ba 2015): steps scaled by running moments of the gradient, corrected for their start at 0. Weight decay is added to the gradient,
/// so that it is scaled with it; <see cref="AdamW"/> decays apart from the gradient.
/// </summary>
/// <param name="Beta1">How much of the first moment stays.</param>
/// <param name="Beta2">How much of the second moment stays.</param>
/// <param name="Epsilon">Added to the root of the second moment; above 0.</param>
/// <param name="WeightDecay">0 for none.</param>
public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0) : Optimiser
{
    /// <inheritdoc/>
    internal override OptimiserState<T> Start<T>(int length) => new AdamState<T>(this, decoupled: false, length);
}
