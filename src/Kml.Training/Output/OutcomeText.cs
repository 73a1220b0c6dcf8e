namespace Kml.Training;

/// <summary>Outcomes in words.</summary>
internal static class OutcomeText
{
    /// <summary>An outcome, to be followed by <c>after … epochs</c>.</summary>
    internal static string Of(TrainingOutcome outcome) => outcome switch
    {
        TrainingOutcome.Converged => "converged",
        TrainingOutcome.Diverged => "diverged",
        TrainingOutcome.Cancelled => "cancelled",
        _ => "stopped at the epoch limit",
    };
}
