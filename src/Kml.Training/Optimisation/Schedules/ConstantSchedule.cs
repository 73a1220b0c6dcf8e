namespace Kml.Training.Optimisation;

/// <summary>One rate throughout.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    internal override void Check()
    {
    }

    /// <inheritdoc/>
    internal override double Factor(in ScheduleState state) => 1;
}
