using System;

namespace Kml;

/// <summary>Names a kernel event that the module attaches to. Repeat it, once an event.</summary>
/// <param name="eventType">An event type of the namespace <c>Kml</c>, such as <see cref="BioQueue"/>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ObserveAttribute(Type eventType) : Attribute
{
    /// <summary>The event's type.</summary>
    public Type EventType { get; } = eventType;
}
