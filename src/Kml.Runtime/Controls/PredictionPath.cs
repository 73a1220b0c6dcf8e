namespace Kml.Runtime;

/// <summary>Which engine of a module may predict.</summary>
public enum PredictionPath
{
    /// <summary>The float network where the FPU is usable, else the integer twin, else nobody.</summary>
    Auto,

    /// <summary>The float network, or nobody.</summary>
    Fpu,

    /// <summary>The integer twin.</summary>
    Int,

    /// <summary>Nobody.</summary>
    None,
}
