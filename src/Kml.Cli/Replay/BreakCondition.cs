namespace Kml.Cli.Replay;

/// <summary>At which record a replay ends.</summary>
internal enum BreakCondition
{
    /// <summary>A method faults.</summary>
    Fault,

    /// <summary>The kernel's record says something else than C# does.</summary>
    Difference,
}
