using System.Collections.Generic;
using System.Composition;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Declarations;

/// <summary>Gives a model the nearest name that a module can have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelNameFix))]
[Shared]
public sealed class ModelNameFix() : SyntaxFix<LiteralExpressionSyntax>(FixKind.Name, ModelRules.Name)
{
    private protected override LiteralExpressionSyntax? Target(Mark mark) => mark.Node as LiteralExpressionSyntax;

    private protected override string Title(Mark mark) => $"Name it '{mark.Text}'";

    private protected override SyntaxNode Change(LiteralExpressionSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(marks[0].Text)).WithTriviaFrom(target);
}
