using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Symbols;

/// <summary>The types that places of a model's bodies may have.</summary>
/// <param name="Project">The assembly that is being compiled: structs are its own. An editor has the source of others, too, which a build has not.</param>
/// <param name="State">The type of the model's state, which has a name of its own; null without one.</param>
internal sealed record ModelTypes(IAssemblySymbol Project, ITypeSymbol? State)
{
    /// <summary>Whether all of a struct can be seen here: of what comes compiled, the fields that nobody sees are not.</summary>
    public bool IsOpen(ITypeSymbol type) =>
        type.DeclaringSyntaxReferences.Length == 1 && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, Project);
}
