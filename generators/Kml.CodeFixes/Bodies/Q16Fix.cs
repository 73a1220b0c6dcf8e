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

/// <summary>Computes in Q16 what an update computed in float and then made a Q16: literals become constants of Q16, casts to float go.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(Q16Fix))]
[Shared]
public sealed class Q16Fix() : SyntaxFix<CastExpressionSyntax>(FixKind.Q16, SourceRules.FloatInUpdate)
{
    private protected override CastExpressionSyntax? Target(Mark mark) =>
        mark.Node.Ancestors().OfType<CastExpressionSyntax>().FirstOrDefault(c => c.Type is not PredefinedTypeSyntax);

    private protected override string Title(Mark mark) => "Compute in Q16";

    private protected override SyntaxNode Change(CastExpressionSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        IEnumerable<SyntaxNode> parts = target.Expression
            .DescendantNodesAndSelf(n => n is ParenthesizedExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax)
            .Where(n => n is LiteralExpressionSyntax or CastExpressionSyntax);
        return target.Expression.ReplaceNodes(parts, (part, _) => Converted(part, target.Type)).WithTriviaFrom(target);
    }

    private static ExpressionSyntax Converted(SyntaxNode part, TypeSyntax type)
    {
        ExpressionSyntax converted = part is CastExpressionSyntax cast ? cast.Expression : SyntaxFactory.ParseExpression($"({type}){part}");
        return converted.WithTriviaFrom(part);
    }
}
