using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
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
    /// <remarks>All at once: fixes made apart and then merged would meet at one place, and all but the first be dropped.</remarks>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(static async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || Missing(root, context.Diagnostics[0]) is not (_, { } type))
            return;
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Add [Observe(typeof({type}))]",
                cancellation => ApplyAsync(context.Document, context.Diagnostics, cancellation),
                nameof(AddObserveFix)),
            context.Diagnostics);
    }

    private static async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
            return document;

        // Two methods may miss the same event.
        ILookup<TypeDeclarationSyntax, TypeSyntax> missing = diagnostics
            .Select(d => Missing(root, d)).Where(m => m is not null).Select(m => m!.Value)
            .GroupBy(m => (m.Declaration, Name: m.Type.ToString())).Select(g => g.First())
            .ToLookup(m => m.Declaration, m => m.Type);
        return document.WithSyntaxRoot(root.ReplaceNodes(missing.Select(m => m.Key), (declaration, _) => missing[declaration].Aggregate(declaration, WithObserve)));
    }

    private static (TypeDeclarationSyntax Declaration, TypeSyntax Type)? Missing(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan) is TypeSyntax type && type.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { AttributeLists.Count: > 0 } declaration
            ? (declaration, type)
            : null;

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
