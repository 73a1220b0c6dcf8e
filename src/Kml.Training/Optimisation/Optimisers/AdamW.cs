namespace Kml.Training.Optimisation;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019): parameters shrink by the learning rate times the decay, whatever their gradient.
/// </summary>
/// <param name="Beta1">How much of the first moment stays.</param>
/// <param name="Beta2">How much of the second moment stays.</param>
/// <param name="Epsilon">Added to the root of the second moment; above 0.</param>
/// <param name="WeightDecay">0 for none.</param>
public sealed record AdamW(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0.01) : Optimiser
{
    /// <inheritdoc/>
    internal override OptimiserState<T> Start<T>(int length) => new AdamState<T>(new Adam(Beta1, Beta2, Epsilon, WeightDecay), decoupled: true, length);
}
