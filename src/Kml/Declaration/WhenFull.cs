namespace Kml;

/// <summary>What the producer of a ring does when the ring is full.</summary>
public enum WhenFull
{
    /// <summary>The new record is dropped and counted.</summary>
    Drop = 0,
}
