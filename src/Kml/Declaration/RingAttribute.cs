using System;

namespace Kml;

/// <summary>Shapes the rings that carry records from the module to user space, one a CPU.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RingAttribute : Attribute
{
    /// <summary>Records a ring holds: a power of two from 64 to 65,536.</summary>
    public int Records { get; set; } = 4096;

    /// <summary>What the producer does when the ring is full.</summary>
    public WhenFull WhenFull { get; set; } = WhenFull.Drop;
}
