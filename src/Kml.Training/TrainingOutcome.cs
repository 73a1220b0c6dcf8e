namespace Kml.Training;

/// <summary>Why training ended.</summary>
public enum TrainingOutcome
{
    /// <summary>The validation loss no longer fell.</summary>
    Converged,

    /// <summary>All epochs were done.</summary>
    EpochLimit,

    /// <summary>The loss grew beyond bounds or was no number any more.</summary>
    Diverged,

    /// <summary>It was asked to stop.</summary>
    Cancelled,
}
