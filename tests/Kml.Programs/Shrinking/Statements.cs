using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Programs.Shrinking;

/// <summary>Files with fewer statements, and with what a statement holds in its place.</summary>
internal static class Statements
{
    /// <summary>The candidates.</summary>
    /// <param name="tree">The file.</param>
    public static IEnumerable<SyntaxNode> Smaller(SyntaxTree tree)
    {
        SyntaxNode root = tree.GetRoot();
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            SyntaxNode[] list = node switch
            {
                BlockSyntax n => [.. n.Statements],
                SwitchSectionSyntax n => [.. n.Statements],
                SwitchStatementSyntax n => [.. n.Sections],
                SwitchExpressionSyntax n => [.. n.Arms],
                _ => [],
            };
            foreach (IReadOnlyList<SyntaxNode> part in Parts.Of(list))
                yield return root.RemoveNodes(part, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        foreach (StatementSyntax statement in root.DescendantNodes().OfType<StatementSyntax>())
        {
            foreach (StatementSyntax held in Held(statement))
                yield return root.ReplaceNode(statement, held);
        }

        foreach (SyntaxNode clause in root.DescendantNodes().Where(n => n is ElseClauseSyntax or WhenClauseSyntax or LocalFunctionStatementSyntax))
            yield return root.RemoveNode(clause, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    private static IEnumerable<StatementSyntax> Held(StatementSyntax statement) => statement switch
    {
        IfStatementSyntax s => s.Else is null ? [s.Statement] : [s.Statement, s.Else.Statement],
        ForStatementSyntax s => [s.Statement],
        WhileStatementSyntax s => [s.Statement],
        DoStatementSyntax s => [s.Statement],
        ForEachStatementSyntax s => [s.Statement],
        CheckedStatementSyntax s => [s.Block],
        SwitchStatementSyntax s => s.Sections.SelectMany(c => c.Statements).OfType<BlockSyntax>()
            .Select(b => SyntaxFactory.Block(b.Statements.Where(i => i is not BreakStatementSyntax))),
        BlockSyntax { Statements: [BlockSyntax inner] } => [inner],
        _ => [],
    };
}
