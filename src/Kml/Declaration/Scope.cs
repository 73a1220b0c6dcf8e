namespace Kml;

/// <summary>How the state of a model is shared.</summary>
public enum Scope
{
    /// <summary>One copy a chosen block device, under a lock that is held with interrupts off.</summary>
    PerDevice = 0,
}
