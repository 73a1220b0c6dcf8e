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

/// <summary>Writes a number that the model can have: outputs that fit the label, a ring of a power of two.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NumberFix))]
[Shared]
public sealed class NumberFix() : SyntaxFix<LiteralExpressionSyntax>(FixKind.Number, ModelRules.HeadWidth, ModelRules.RingSize)
{
    private protected override LiteralExpressionSyntax? Target(Mark mark) => mark.Node as LiteralExpressionSyntax;

    private protected override string Title(Mark mark) => $"Use {mark.Text}";

    private protected override SyntaxNode Change(LiteralExpressionSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        SyntaxFactory.ParseExpression(marks[0].Text).WithTriviaFrom(target);
}
