using System.Collections.Generic;
using System.Composition;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Bodies;

/// <summary>Makes a double literal a float's.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FloatLiteralFix))]
[Shared]
public sealed class FloatLiteralFix() : SyntaxFix<LiteralExpressionSyntax>(FixKind.FloatLiteral, SourceRules.OutsideSubset)
{
    private protected override LiteralExpressionSyntax? Target(Mark mark) => mark.Node as LiteralExpressionSyntax;

    private protected override string Title(Mark mark) => $"Use '{mark.Text}'";

    private protected override SyntaxNode Change(LiteralExpressionSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        SyntaxFactory.ParseExpression(marks[0].Text).WithTriviaFrom(target);
}
