namespace Kml.Training;

/// <summary>What a warning is about.</summary>
public enum TrainingWarningKind
{
    /// <summary>A feature has one value in all training rows; it is ignored.</summary>
    ConstantFeature,

    /// <summary>The model's own methods faulted on rows; they are left out.</summary>
    FaultedRows,

    /// <summary>Features or labels of rows are NaN or infinite; the rows are left out.</summary>
    NonFiniteRows,

    /// <summary>All training rows have one verdict: accuracy says nothing.</summary>
    OneVerdict,

    /// <summary>All training rows have one label: there is nothing to tell apart.</summary>
    ConstantLabel,

    /// <summary>A class has no training row: the network can hardly choose it.</summary>
    EmptyClass,

    /// <summary>The loss grew; training stopped with the best weights so far.</summary>
    Diverged,

    /// <summary>No epoch was better than the initial weights.</summary>
    NothingLearned,

    /// <summary>The last checkpoint could not be written: the result stands, but training cannot go on from there.</summary>
    CheckpointNotWritten,

    /// <summary>A log or the progress could not be written: the result stands.</summary>
    OutputNotWritten,

    /// <summary>One row holds a value that is a column's whole spread: beside it the others look alike.</summary>
    ExtremeValue,

    /// <summary>Weights are so unequal that all rows say as much as a few of equal weight.</summary>
    UnequalWeights,

    /// <summary>A feature is an integer of more digits than a float32 holds, and its values differ in those that are lost.</summary>
    RoundedFeature,
}

/// <summary>Something to know about a training run that has a result all the same.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">What was found, and what to do.</param>
public sealed record TrainingWarning(TrainingWarningKind Kind, string Message);
