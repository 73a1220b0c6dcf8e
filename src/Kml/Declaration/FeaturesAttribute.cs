using System;

namespace Kml;

/// <summary>
/// Marks <c>static void Extract(in TEvent e, in TState s, Span&lt;T&gt; x)</c>, T being <see cref="float"/>,
/// <c>Q16</c> or <see cref="int"/>. It sees the state as it was before this event's own update.
/// </summary>
/// <param name="count">How many features the method writes: the length of x, at least 1.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FeaturesAttribute(int count) : Attribute
{
    /// <summary>The number of features.</summary>
    public int Count { get; } = count;
}
