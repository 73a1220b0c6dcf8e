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

/// <summary>Clears the features first, so that each is written on every way.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClearFeaturesFix))]
[Shared]
public sealed class ClearFeaturesFix() : SyntaxFix<BlockSyntax>(FixKind.Clear, SourceRules.FeatureCount)
{
    private protected override BlockSyntax? Target(Mark mark) =>
        mark.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Body: { Statements.Count: > 0 } body } ? body : null;

    private protected override string Title(Mark mark) => $"Begin with '{mark.Text}.Clear();'";

    private protected override SyntaxNode Change(BlockSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        // On a line of its own if the first statement has one; comments above that stay with it.
        StatementSyntax first = target.Statements[0];
        bool isAlone = target.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        StatementSyntax clear = SyntaxFactory.ParseStatement(marks[0].Text + ".Clear();")
            .WithLeadingTrivia(isAlone ? AttributePlaces.Indent(first) : default)
            .WithTrailingTrivia(isAlone ? AttributePlaces.LineEnd(target) : SyntaxFactory.Space);
        return target.WithStatements(target.Statements.Insert(0, clear));
    }
}
