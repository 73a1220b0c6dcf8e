using System;

namespace Kml.Training.Optimisation;

/// <summary>The rate is multiplied once every so many epochs.</summary>
/// <param name="Epochs">Every how many; at least 1.</param>
/// <param name="By">By what; above 0, at most 1.</param>
public sealed record StepSchedule(int Epochs, double By = 0.1) : Schedule
{
    /// <inheritdoc/>
    internal override void Check()
    {
        Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(By is > 0 and <= 1, nameof(By), By, "above 0 and at most 1");
    }

    /// <inheritdoc/>
    internal override double Factor(in ScheduleState state) => Math.Pow(By, Math.Floor(state.Epochs / Epochs));
}
