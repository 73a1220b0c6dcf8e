using System.Collections.Generic;
using System.Composition;
using System.Linq;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes;

/// <summary>Observes an event that a method uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddObserveFix))]
[Shared]
public sealed class AddObserveFix() : SyntaxFix<TypeDeclarationSyntax>(SourceRules.NotObserved)
{
    private protected override TypeDeclarationSyntax? Target(SyntaxNode marked) =>
        marked is TypeSyntax ? marked.FirstAncestorOrSelf<TypeDeclarationSyntax>() : null;

    private protected override string Title(SyntaxNode marked) => $"Add [Observe(typeof({marked}))]";

    // Two methods may miss the same event.
    private protected override SyntaxNode Change(TypeDeclarationSyntax target, IReadOnlyList<SyntaxNode> marked, SyntaxGenerator generator) =>
        marked.Cast<TypeSyntax>().GroupBy(t => t.ToString()).Select(g => g.First()).Aggregate(target, WithObserve);

    private static TypeDeclarationSyntax WithObserve(TypeDeclarationSyntax declaration, TypeSyntax type)
    {
        AttributeSyntax attribute = SyntaxFactory.Attribute(
            SyntaxFactory.IdentifierName("Observe"),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(type.WithoutTrivia())))));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute));
        if (declaration.AttributeLists.Count == 0)
            return WithFirst(declaration, list);

        // Beside its fellows, or after the first list, which is [KernelModel]'s by custom.
        int last = declaration.AttributeLists.LastIndexOf(l => l.Attributes.Any(a => a.Name.ToString() is "Observe" or "ObserveAttribute"));
        int after = last < 0 ? 0 : last;
        AttributeListSyntax neighbour = declaration.AttributeLists[after];

        // On a line of its own, indented like its neighbour; comments above the class stay with the first list.
        return declaration.WithAttributeLists(declaration.AttributeLists.Insert(
            after + 1,
            list.WithLeadingTrivia(Indent(neighbour)).WithTrailingTrivia(neighbour.GetTrailingTrivia())));
    }

    // A part of the class that has no attribute yet: the list stands between it and the comments above it.
    private static TypeDeclarationSyntax WithFirst(TypeDeclarationSyntax declaration, AttributeListSyntax list)
    {
        SyntaxTrivia newLine = declaration.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.LineFeed).First();
        return declaration
            .WithLeadingTrivia(Indent(declaration))
            .WithAttributeLists(SyntaxFactory.SingletonList(list.WithLeadingTrivia(declaration.GetLeadingTrivia()).WithTrailingTrivia(newLine)));
    }

    private static SyntaxTriviaList Indent(SyntaxNode node) =>
        SyntaxFactory.TriviaList(node.GetLeadingTrivia().Reverse().TakeWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
}
