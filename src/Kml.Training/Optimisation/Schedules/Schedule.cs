using System;

namespace Kml.Training.Optimisation;

/// <summary>Where training stands when a schedule is asked.</summary>
/// <param name="Epochs">Epochs done; the one under way counts as far as it is done.</param>
/// <param name="MostEpochs">The most that there will be.</param>
/// <param name="Waited">Epochs without a better validation loss since the last one that was, or since the rate last fell.</param>
/// <param name="Falls">How often the rate fell for want of better losses.</param>
internal readonly record struct ScheduleState(double Epochs, int MostEpochs, int Waited, int Falls);

/// <summary>How the learning rate goes from the first epoch to the last.</summary>
public abstract record Schedule
{
    /// <summary>Checks the settings.</summary>
    /// <exception cref="TrainingException">One is out of range.</exception>
    internal abstract void Check();

    /// <summary>The factor on the learning rate for the next step.</summary>
    /// <param name="state">Where training stands.</param>
    /// <returns>At least 0.</returns>
    internal abstract double Factor(in ScheduleState state);

    /// <summary>Whether the rate falls after an epoch because losses no longer do.</summary>
    /// <param name="state">Where training stands.</param>
    /// <param name="patience">After how many epochs without a better loss training stops.</param>
    /// <returns>Whether it does.</returns>
    internal virtual bool Falls(in ScheduleState state, int patience) => false;

    private protected static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
            throw new TrainingException(FormattableString.Invariant($"The schedule's {name} is {value:R}; it must be {range}."));
    }
}
