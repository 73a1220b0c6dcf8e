using System.Collections.Generic;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>A parameter of a C function.</summary>
/// <param name="TypeName">Its type, without what belongs to the name.</param>
/// <param name="Declarator">Its name with a star before or a length behind: <c>*e</c>, <c>x[4]</c>.</param>
internal sealed record CParameter(string TypeName, string Declarator)
{
    /// <summary>The name in it.</summary>
    public string Name => Declarator.TrimStart('*').Split('[')[0];
}

/// <summary>A C function of one translation unit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">Its body.</param>
/// <param name="Comment">What is said before it, in one line; null for nothing.</param>
/// <param name="Returned">The type that it returns.</param>
internal sealed record CFunction(string Name, IReadOnlyList<CParameter> Parameters, CBlock Body, string? Comment = null, string Returned = "int");
