using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>
/// The source of those classes of the library whose methods are translated as the user's own are: it travels in this assembly, and is bound against what
/// the project references.
/// </summary>
/// <param name="compilation">The project's compilation.</param>
internal sealed class LibrarySource(Compilation compilation)
{
    private const string Prefix = "library/";

    private static readonly Lazy<SyntaxTree[]> Trees = new(() => [.. typeof(LibrarySource).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(Parse)]);

    // By the first reference, which lives as long as anybody compiles with it: what was bound last. An edit of the project's sources leaves it as it is.
    private static readonly ConditionalWeakTable<MetadataReference, Slot> Last = new();

    private readonly Lazy<Compilation> _bound = new(() => Bound(compilation));

    /// <summary>A method as its source has it.</summary>
    /// <param name="method">A method that C# has chosen.</param>
    /// <returns>The method of the source; the same one where there is none.</returns>
    public IMethodSymbol Find(IMethodSymbol method)
    {
        INamedTypeSymbol type = method.ContainingType;
        if (!method.IsStatic || !type.IsNamed("Kml." + type.Name) || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly)
            || !Trees.Value.Any(t => t.FilePath == Prefix + type.Name + ".cs"))
            return method;
        string? id = method.OriginalDefinition.GetDocumentationCommentId();
        IMethodSymbol? found = _bound.Value.Assembly.GetTypeByMetadataName("Kml." + type.Name)?.GetMembers(method.Name).OfType<IMethodSymbol>()
            .FirstOrDefault(m => m.GetDocumentationCommentId() == id);
        return found is null ? method : found.IsGenericMethod ? found.Construct([.. method.TypeArguments]) : found;
    }

    /// <summary>Whether a symbol is of the source.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>True if it is.</returns>
    public bool Has(ISymbol symbol) => _bound.IsValueCreated && SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _bound.Value.Assembly);

    /// <summary>The semantic model of a tree of the project or of the source.</summary>
    /// <param name="tree">The tree.</param>
    /// <returns>Its semantic model.</returns>
    public SemanticModel Semantics(SyntaxTree tree) => (compilation.ContainsSyntaxTree(tree) ? compilation : _bound.Value).GetSemanticModel(tree);

    private static Compilation Bound(Compilation project)
    {
        if (project.ExternalReferences.IsDefaultOrEmpty)
            return project.RemoveAllSyntaxTrees().AddSyntaxTrees(Trees.Value);
        Slot slot = Last.GetOrCreateValue(project.ExternalReferences[0]);
        if (slot.Bound is not { } bound || bound.ExternalReferences != project.ExternalReferences || bound.AssemblyName != project.AssemblyName
            || !bound.Options.Equals(project.Options))
            slot.Bound = bound = project.RemoveAllSyntaxTrees().AddSyntaxTrees(Trees.Value);
        return bound;
    }

    private static SyntaxTree Parse(string name)
    {
        using Stream stream = typeof(LibrarySource).Assembly.GetManifestResourceStream(name)!;
        return CSharpSyntaxTree.ParseText(SourceText.From(stream, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.CSharp12), name);
    }

    private sealed class Slot
    {
        public volatile Compilation? Bound;
    }
}
