using System.Collections.Generic;
using System.Composition;
using System.Linq;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Declarations;

/// <summary>Observes an event that a method uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddObserveFix))]
[Shared]
public sealed class AddObserveFix() : SyntaxFix<TypeDeclarationSyntax>(FixKind.Observe, SourceRules.NotObserved)
{
    private protected override TypeDeclarationSyntax? Target(Mark mark) =>
        mark.Node is TypeSyntax ? mark.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() : null;

    private protected override string Title(Mark mark) => $"Add [Observe(typeof({mark.Node}))]";

    // Two methods may miss the same event.
    private protected override SyntaxNode Change(TypeDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        marks.Select(m => (TypeSyntax)m.Node).GroupBy(t => t.ToString()).Select(g => g.First()).Aggregate(target, WithObserve);

    private static TypeDeclarationSyntax WithObserve(TypeDeclarationSyntax declaration, TypeSyntax type)
    {
        // Beside its fellows, or after the first list, which is [KernelModel]'s by custom.
        int last = declaration.AttributeLists.LastIndexOf(l => l.Attributes.Any(a => a.Name.ToString() is "Observe" or "ObserveAttribute"));
        AttributeListSyntax observe = AttributePlaces.Attribute("Observe", $"typeof({type})");
        return (TypeDeclarationSyntax)AttributePlaces.WithAttribute(declaration, observe, last < 0 ? 0 : last);
    }
}
