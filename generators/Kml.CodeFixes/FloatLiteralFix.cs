using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Kml.Generators.Parsing;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kml.CodeFixes;

/// <summary>Makes a double literal a float.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FloatLiteralFix))]
[Shared]
public sealed class FloatLiteralFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SourceRules.OutsideSubset.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not LiteralExpressionSyntax { Token.Value: double value } literal || !DoubleLiteral.FitsFloat(value))
            return;
        string replacement = DoubleLiteral.AsFloat(literal.Token.Text);
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Use '{replacement}'",
                async cancellation =>
                {
                    SourceText text = await context.Document.GetTextAsync(cancellation).ConfigureAwait(false);
                    return context.Document.WithText(text.Replace(literal.Token.Span, replacement));
                },
                nameof(FloatLiteralFix)),
            context.Diagnostics);
    }
}
