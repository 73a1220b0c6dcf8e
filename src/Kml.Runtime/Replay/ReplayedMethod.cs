namespace Kml.Runtime;

/// <summary>A method of a model, and what of a record it is run on.</summary>
public enum ReplayedMethod
{
    /// <summary>The features, on the first event and the state before it.</summary>
    Features,

    /// <summary>The verdict, on the kernel's prediction.</summary>
    PredictionVerdict,

    /// <summary>The policy, on the kernel's prediction.</summary>
    Policy,

    /// <summary>The updates of the first event, on a copy of the state before it.</summary>
    Update,

    /// <summary>The label, on both events.</summary>
    Label,

    /// <summary>The verdict, on the label.</summary>
    LabelVerdict,
}
