namespace Kml.Training;

/// <summary>How to train the network of a model on its records.</summary>
public sealed record TrainingOptions : FitOptions
{
    /// <summary>Weight in the loss of rows whose verdict is yes; others weigh 1. Above 1, fewer yes are missed and more are raised in vain.</summary>
    public float YesWeight { get; init; } = 1f;

    /// <summary>Share of the rows, after the training rows in time, on which training decides when to stop.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Share of the rows, last in time, on which the result is measured.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <inheritdoc/>
    internal override void Validate()
    {
        base.Validate();
        Require(YesWeight > 0 && float.IsFinite(YesWeight), nameof(YesWeight), YesWeight, "above 0 and finite");
    }
}
