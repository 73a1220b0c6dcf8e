using System;

namespace Kml.Training.Optimisation;

/// <summary>The rate falls whenever the validation loss has not for some epochs.</summary>
/// <param name="Epochs">For how many; null for half of those after which training stops.</param>
/// <param name="By">By what factor; above 0, below 1.</param>
public sealed record PlateauSchedule(int? Epochs = null, double By = 0.5) : Schedule
{
    /// <inheritdoc/>
    internal override void Check()
    {
        Require(Epochs is null or >= 1, nameof(Epochs), Epochs ?? 1, "at least 1");
        Require(By is > 0 and < 1, nameof(By), By, "above 0 and below 1");
    }

    /// <inheritdoc/>
    internal override double Factor(in ScheduleState state) => Math.Pow(By, state.Falls);

    /// <inheritdoc/>
    internal override bool Falls(in ScheduleState state, int patience) => state.Waited >= (Epochs ?? Math.Max(1, patience / 2));
}
