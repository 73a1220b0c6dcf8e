using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.CodeFixes;

/// <summary>Observes an event that a method uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddObserveFix))]
[Shared]
public sealed class AddObserveFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SourceRules.NotObserved.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is not TypeSyntax type || type.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { AttributeLists.Count: > 0 } declaration)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Add [Observe(typeof({type}))]",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(declaration, WithObserve(declaration, type)))),
                nameof(AddObserveFix)),
            context.Diagnostics);
    }

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
