using System;

namespace Kml;

/// <summary>Declares that a partial class is a kernel model; building the project emits its kernel module.</summary>
/// <param name="name">The model's name: a C identifier of at most 24 characters. The module is <c>kml_&lt;name&gt;</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KernelModelAttribute(string name) : Attribute
{
    /// <summary>The model's name, a C identifier.</summary>
    public string Name { get; } = name;
}
