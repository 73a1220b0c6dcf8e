using System.Collections.Generic;
using System.Linq;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Programs.Shrinking;

/// <summary>Files in which one of their operands, or a constant, stands for an expression.</summary>
internal static class Expressions
{
    /// <summary>The candidates.</summary>
    /// <param name="tree">The file.</param>
    public static IEnumerable<SyntaxNode> Smaller(SyntaxTree tree)
    {
        SyntaxNode root = tree.GetRoot();
        SemanticModel model = SourceModels.Compilation(tree).GetSemanticModel(tree);
        foreach (ExpressionSyntax expression in root.DescendantNodes().OfType<ExpressionSyntax>().Where(e => e is not (LiteralExpressionSyntax or TypeSyntax)))
        {
            foreach (string text in Instead(expression, model.GetTypeInfo(expression)))
                yield return root.ReplaceNode(expression, SyntaxFactory.ParseExpression(text));
        }

        foreach (SyntaxNode part in root.DescendantNodes().OfType<InitializerExpressionSyntax>().SelectMany(i => i.Expressions))
            yield return root.RemoveNode(part, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    // Shortest first. An operand may be of another type, which a cast brings to what is wanted.
    private static IEnumerable<string> Instead(ExpressionSyntax expression, TypeInfo info)
    {
        string type = (info.ConvertedType ?? info.Type)?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "int";
        string[] constants = type == "bool" ? ["false", "true"] : ["0", "1", "default", $"({type})0", $"({type})1"];
        string[] operands = [.. Operands(expression).Select(o => o.ToString()).OrderBy(o => o.Length)];
        return [.. constants, .. operands, .. operands.Select(o => $"({type})({o})").Where(o => o.Length < expression.Span.Length)];
    }

    private static IEnumerable<ExpressionSyntax> Operands(ExpressionSyntax expression) =>
        expression.DescendantNodes(n => n == expression || n is not ExpressionSyntax || n is ParenthesizedExpressionSyntax).OfType<ExpressionSyntax>()
            .Where(e => e is not PredefinedTypeSyntax);
}
