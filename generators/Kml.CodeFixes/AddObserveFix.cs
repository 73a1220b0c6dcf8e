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
        marked is TypeSyntax && marked.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { AttributeLists.Count: > 0 } declaration ? declaration : null;

    private protected override string Title(SyntaxNode marked) => $"Add [Observe(typeof({marked}))]";

    // Two methods may miss the same event.
    private protected override SyntaxNode Change(TypeDeclarationSyntax target, IReadOnlyList<SyntaxNode> marked, SyntaxGenerator generator) =>
        marked.Cast<TypeSyntax>().GroupBy(t => t.ToString()).Select(g => g.First()).Aggregate(target, WithObserve);

    private static TypeDeclarationSyntax WithObserve(TypeDeclarationSyntax declaration, TypeSyntax type)
    {
        // Beside its fellows, or after the first list, which is [KernelModel]'s by custom.
        int last = declaration.AttributeLists.LastIndexOf(l => l.Attributes.Any(a => a.Name.ToString() is "Observe" or "ObserveAttribute"));
        int after = last < 0 ? 0 : last;
        AttributeListSyntax neighbour = declaration.AttributeLists[after];
        AttributeSyntax attribute = SyntaxFactory.Attribute(
            SyntaxFactory.IdentifierName("Observe"),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(type.WithoutTrivia())))));

        // On a line of its own, indented like its neighbour; comments above the class stay with the first list.
        SyntaxTriviaList indent = SyntaxFactory.TriviaList(neighbour.GetLeadingTrivia().Reverse().TakeWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(indent)
            .WithTrailingTrivia(neighbour.GetTrailingTrivia());
        return declaration.WithAttributeLists(declaration.AttributeLists.Insert(after + 1, list));
    }
}
