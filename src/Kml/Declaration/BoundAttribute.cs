using System;

namespace Kml;

/// <summary>
/// Says how many turns a loop of the method takes at the most, where nothing in it shows that. It is a promise: in the kernel one turn more is a fault, which
/// abandons the body and is counted; .NET runs the loop as it is written.
/// </summary>
/// <param name="turns">The most turns that any loop of the method takes, from 1 to 65,536.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BoundAttribute(int turns) : Attribute
{
    /// <summary>The most turns.</summary>
    public int Turns { get; } = turns;
}
