namespace Kml.Training.Adapting;

/// <summary>What a detector makes of the values so far.</summary>
public enum DriftState
{
    /// <summary>Nothing says that they changed.</summary>
    None,

    /// <summary>They may have changed: time to keep recent rows, too early to replace a model.</summary>
    Warning,

    /// <summary>They changed. The detector has forgotten what came before.</summary>
    Drift,
}
