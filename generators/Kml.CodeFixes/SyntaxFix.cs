using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Kml.CodeFixes;

/// <summary>
/// The frame of every fix: it registers, finds what a diagnostic marks, and changes the document, for one diagnostic or for all of a document.
/// A fix says which node a marked one asks to change, how it is called, and what the node becomes. Whether it may be made, the analyzer has said: in the
/// diagnostic's properties stand its name and the text that it puts in.
/// </summary>
/// <typeparam name="TNode">What is changed.</typeparam>
public abstract class SyntaxFix<TNode> : CodeFixProvider
    where TNode : SyntaxNode
{
    private readonly FixKind _kind;

    private protected SyntaxFix(FixKind kind, params DiagnosticRule[] rules)
    {
        _kind = kind;
        FixableDiagnosticIds = [.. rules.Select(r => r.Id)];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    /// <remarks>All at once: fixes made apart and then merged would meet at one place, and all but the first be dropped.</remarks>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || Marked(root, context.Diagnostics[0]) is not { } mark || Target(mark) is null)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(Title(mark), cancellation => ApplyAsync(context.Document, context.Diagnostics, cancellation), GetType().Name),
            context.Diagnostics);
    }

    /// <summary>The node that what is marked asks to change, the next around it of the kind; null where this fix has no answer.</summary>
    private protected virtual TNode? Target(Mark mark) => mark.Node.FirstAncestorOrSelf<TNode>();

    /// <summary>What the user reads before the fix is made.</summary>
    private protected abstract string Title(Mark mark);

    /// <summary>The changed node, given all that is marked for it.</summary>
    private protected abstract SyntaxNode Change(TNode target, IReadOnlyList<Mark> marks, SyntaxGenerator generator);

    private Mark? Marked(SyntaxNode root, Diagnostic diagnostic) => Fix.Of(diagnostic) is { } fix && fix.Kind == _kind
        ? new Mark(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), fix.Text)
        : null;

    private async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach (IGrouping<TNode?, Mark> marks in diagnostics.Select(d => Marked(editor.OriginalRoot, d)).OfType<Mark>().GroupBy(Target))
        {
            if (marks.Key is { } target)
                editor.ReplaceNode(target, (node, generator) => Change((TNode)node, [.. marks], generator));
        }

        // Names are put in in full, so that they mean the same everywhere.
        return await Simplifier.ReduceAsync(editor.GetChangedDocument(), Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }
}

/// <summary>What a diagnostic marks.</summary>
/// <param name="Node">The node.</param>
/// <param name="Text">The text that its fix puts in.</param>
internal sealed record Mark(SyntaxNode Node, string Text);
