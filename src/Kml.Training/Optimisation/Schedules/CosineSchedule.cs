using System;

namespace Kml.Training.Optimisation;

/// <summary>
/// The rate falls from its whole to its least along half a cosine over all epochs (Loshchilov and Hutter 2017), step by step, after it has grown in a straight
/// line.
/// </summary>
/// <param name="WarmUp">Epochs of growth; 0 for none. Below the most epochs of the training.</param>
/// <param name="Least">The factor at the end, from 0 to 1.</param>
public sealed record CosineSchedule(double WarmUp = 0, double Least = 0) : Schedule
{
    /// <inheritdoc/>
    internal override void Check()
    {
        Require(WarmUp >= 0 && double.IsFinite(WarmUp), nameof(WarmUp), WarmUp, "at least 0 and finite");
        Require(Least is >= 0 and <= 1, nameof(Least), Least, "from 0 to 1");
    }

    /// <inheritdoc/>
    internal override double Factor(in ScheduleState state)
    {
        // The first step is not at 0, or it would be for nothing: growth counts as if it had begun an epoch's hundredth earlier.
        if (state.Epochs < WarmUp)
            return (state.Epochs + 0.01) / (WarmUp + 0.01);
        double done = Math.Min(1, (state.Epochs - WarmUp) / Math.Max(state.MostEpochs - WarmUp, double.Epsilon));
        return Least + ((1 - Least) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
