namespace Kml.Training;

/// <summary>What training of a regression minimises. A classification always minimises softmax cross-entropy.</summary>
public enum RegressionLoss
{
    /// <summary>Huber's: squared up to a delta, linear beyond. With a small delta it aims at the median.</summary>
    Huber,

    /// <summary>Half the squared error: aims at the mean.</summary>
    Squared,
}

/// <summary>The loss of a network.</summary>
/// <param name="Classes">Outputs of a classification, else 0.</param>
/// <param name="Regression">The loss of a regression.</param>
/// <param name="Delta">Huber's delta, in deviations of the label.</param>
internal sealed record DenseLoss(int Classes, RegressionLoss Regression, float Delta);
