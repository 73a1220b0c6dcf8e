using System.Collections.Generic;
using System.Composition;
using System.Linq;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Bodies;

/// <summary>Leaves a lock out: the state's own is held anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnlockFix))]
[Shared]
public sealed class UnlockFix() : SyntaxFix<LockStatementSyntax>(FixKind.Unlock, SourceRules.OutsideSubset)
{
    private protected override string Title(Mark mark) => "Leave the lock out";

    private protected override SyntaxNode Change(LockStatementSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        // What is said behind the lock is about what it encloses.
        IEnumerable<SyntaxTrivia> said = target.CloseParenToken.TrailingTrivia.SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia));
        bool isSaying = said.Any(t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia));
        SyntaxTriviaList indent = AttributePlaces.Indent(target);
        return target.Statement.WithLeadingTrivia(isSaying ? target.GetLeadingTrivia().AddRange(said).AddRange(indent) : target.GetLeadingTrivia());
    }
}
