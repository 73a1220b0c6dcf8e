using System.Linq;

namespace Kml.Model;

/// <summary>A parameter of C.</summary>
/// <param name="Type">Its type; of a pointer with the asterisk.</param>
/// <param name="Name">Its name.</param>
public sealed record CDeclaration(string Type, string Name)
{
    /// <summary>As it is declared: <c>struct bio *bio</c>.</summary>
    public string Declaration { get; } = Type + (Type.EndsWith("*", System.StringComparison.Ordinal) ? "" : " ") + Name;
}

/// <summary>A place in the kernel at which the module listens. Its prototype is checked against the kernel's when the module is built.</summary>
/// <param name="Tracepoint">The kernel's tracepoint.</param>
/// <param name="Parameters">What it hands over, in order; the names are those that C in the row uses.</param>
/// <param name="Entity">C: the identity of the entity to which it happens, or NULL.</param>
public sealed record HookInfo(string Tracepoint, EquatableArray<CDeclaration> Parameters, string Entity)
{
    /// <summary>The parameters as C declares them.</summary>
    public string Prototype { get; } = string.Join(", ", Parameters.Select(p => p.Declaration));

    /// <summary>The parameters' names.</summary>
    public string Arguments { get; } = string.Join(", ", Parameters.Select(p => p.Name));
}
