using System;

namespace Kml;

/// <summary>Marks a nested struct of scalars as the state that <c>[Update]</c> methods keep; it starts as zeros.</summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class StateAttribute : Attribute
{
    /// <summary>How many copies there are, and so who shares one and how it is locked.</summary>
    public Scope Scope { get; set; } = Scope.PerDevice;
}
