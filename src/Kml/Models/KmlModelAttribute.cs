using System;

namespace Kml;

/// <summary>Carries a model's canonical text in the compiled assembly, where the build reads it. Written by the generator.</summary>
/// <param name="name">The model's name.</param>
/// <param name="canonicalText">The model's canonical text.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class KmlModelAttribute(string name, string canonicalText) : Attribute
{
    /// <summary>The model's name.</summary>
    public string Name { get; } = name;

    /// <summary>The model's canonical text.</summary>
    public string CanonicalText { get; } = canonicalText;
}
