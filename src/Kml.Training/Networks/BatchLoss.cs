namespace Kml.Training.Networks;

/// <summary>What a batch lost.</summary>
/// <param name="Sum">The weighted sum of its rows' losses.</param>
/// <param name="Weight">The sum of weights.</param>
internal readonly record struct BatchLoss(double Sum, double Weight);
