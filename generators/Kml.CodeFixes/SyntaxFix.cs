using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes;

/// <summary>
/// The frame of every fix: it registers, finds what a diagnostic marks, and changes the document, for one diagnostic or for all of a document.
/// A fix says which node a marked one asks to change, how it is called, and what the node becomes.
/// </summary>
/// <typeparam name="TNode">What is changed.</typeparam>
/// <param name="rule">The rule whose diagnostics it fixes.</param>
public abstract class SyntaxFix<TNode>(DiagnosticRule rule) : CodeFixProvider
    where TNode : SyntaxNode
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [rule.Id];

    /// <inheritdoc/>
    /// <remarks>All at once: fixes made apart and then merged would meet at one place, and all but the first be dropped.</remarks>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || Marked(root, context.Diagnostics[0]) is not { } marked || Target(marked) is null)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(Title(marked), cancellation => ApplyAsync(context.Document, context.Diagnostics, cancellation), GetType().Name),
            context.Diagnostics);
    }

    /// <summary>The node that a marked one asks to change; null where this fix has no answer.</summary>
    private protected abstract TNode? Target(SyntaxNode marked);

    /// <summary>What the user reads before the fix is made.</summary>
    private protected abstract string Title(SyntaxNode marked);

    /// <summary>The changed node, given all that is marked for it.</summary>
    private protected abstract SyntaxNode Change(TNode target, IReadOnlyList<SyntaxNode> marked, SyntaxGenerator generator);

    private static SyntaxNode Marked(SyntaxNode root, Diagnostic diagnostic) => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    private async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach (IGrouping<TNode?, SyntaxNode> marked in diagnostics.Select(d => Marked(editor.OriginalRoot, d)).GroupBy(Target))
        {
            if (marked.Key is { } target)
                editor.ReplaceNode(target, (node, generator) => Change((TNode)node, [.. marked], generator));
        }

        return editor.GetChangedDocument();
    }
}
