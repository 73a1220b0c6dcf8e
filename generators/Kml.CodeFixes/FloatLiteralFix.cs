using System.Collections.Generic;
using System.Composition;
using Kml.Generators.Parsing.Bodies;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes;

/// <summary>Makes a double literal a float.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FloatLiteralFix))]
[Shared]
public sealed class FloatLiteralFix() : SyntaxFix<LiteralExpressionSyntax>(SourceRules.OutsideSubset)
{
    private protected override LiteralExpressionSyntax? Target(SyntaxNode marked) =>
        marked is LiteralExpressionSyntax { Token.Value: double value } literal && DoubleLiteral.FitsFloat(value) ? literal : null;

    private protected override string Title(SyntaxNode marked) => $"Use '{AsFloat(marked)}'";

    private protected override SyntaxNode Change(LiteralExpressionSyntax target, IReadOnlyList<SyntaxNode> marked, SyntaxGenerator generator) =>
        SyntaxFactory.ParseExpression(AsFloat(target)).WithTriviaFrom(target);

    private static string AsFloat(SyntaxNode literal) => DoubleLiteral.AsFloat(((LiteralExpressionSyntax)literal).Token.Text);
}
