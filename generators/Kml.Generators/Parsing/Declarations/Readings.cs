using System.Collections.Immutable;
using System.IO;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>
/// Hands what the generator has read to the analyzer, which comes after it in the same process and would go through the same bodies once more.
/// </summary>
/// <remarks>
/// The analyzer sees another compilation: the generator's, and what was generated. A reading stands for it if nothing else has changed, be it in another
/// file, a reference or an option: a body may depend on anything. What other generators wrote is such a change, too. Readings hang on the syntax of their
/// class, which an edit of the file replaces: with it they go. Each keeps the trees of its compilation, not the compilation.
/// </remarks>
internal static class Readings
{
    private static readonly ConditionalWeakTable<TypeDeclarationSyntax, Slot> Last = new();

    /// <summary>Keeps what was read of a class, instead of what was before.</summary>
    /// <param name="syntax">The part that carries the attribute.</param>
    /// <param name="compilation">The compilation that it was read of.</param>
    /// <param name="reading">What was read.</param>
    public static void Keep(TypeDeclarationSyntax syntax, Compilation compilation, Reading reading)
    {
        // Where the compiler had to speak, what was generated may have given it the name that it missed: there the analyzer looks for itself.
        if (compilation is CSharpCompilation { SyntaxTrees: var trees, ExternalReferences: var references, Options: var options })
            Last.GetOrCreateValue(syntax).Kept = reading.IsLeftToCompiler ? null : new Kept(trees, references, options, reading);
    }

    /// <summary>Finds what was read of a class.</summary>
    /// <param name="syntax">The part that carries the attribute.</param>
    /// <param name="compilation">The compilation in which it is to be judged.</param>
    /// <returns>What the generator has read; null if it was not here, or had another compilation.</returns>
    public static Reading? Find(TypeDeclarationSyntax syntax, Compilation compilation) =>
        Last.TryGetValue(syntax, out Slot slot) && slot.Kept is { } kept && compilation is CSharpCompilation judged && IsOf(kept, judged) ? kept.Reading : null;

    private static bool IsOf(Kept kept, CSharpCompilation compilation)
    {
        if (kept.References != compilation.ExternalReferences || !IsSame(kept.Options, compilation.Options))
            return false;
        int known = 0;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (known < kept.Trees.Length && tree == kept.Trees[known])
                known++;
            else if (!IsGenerated(tree))
                return false;
        }

        return known == kept.Trees.Length;
    }

    // Whoever runs analyzers sets this one as he likes.
    private static bool IsSame(CSharpCompilationOptions one, CSharpCompilationOptions other) =>
        ReferenceEquals(one, other) || one.WithReportSuppressedDiagnostics(other.ReportSuppressedDiagnostics).Equals(other);

    // The compiler puts what a generator writes into a folder of the generator's full name.
    private static bool IsGenerated(SyntaxTree tree) => Path.GetFileName(Path.GetDirectoryName(tree.FilePath)) == typeof(ModelGenerator).FullName;

    private sealed class Slot
    {
        public volatile Kept? Kept;
    }

    private sealed record Kept(
        ImmutableArray<SyntaxTree> Trees,
        ImmutableArray<MetadataReference> References,
        CSharpCompilationOptions Options,
        Reading Reading);
}
