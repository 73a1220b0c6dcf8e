using System;

namespace Kml;

/// <summary>
/// Sets limits of a model, in the place of its project's. What is left out stays the project's, which its properties set: <c>KmlMaxBodyOperations</c>,
/// <c>KmlMaxFrameBytes</c>, <c>KmlMaxStateBytes</c>, <c>KmlMaxGuardedNs</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most operations of a method, loops times their bounds; a method over it is an error.</summary>
    public int Operations { get; set; }

    /// <summary>The most bytes of stack of a method and of what it calls; a method over it is an error.</summary>
    public int FrameBytes { get; set; }

    /// <summary>The most bytes of a state; a state over it is an error.</summary>
    public int StateBytes { get; set; }

    /// <summary>The longest guarded section without a warning, in nanoseconds.</summary>
    public int GuardedNs { get; set; }
}
