using System;
using System.Collections.Generic;
using System.Composition;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Kml.CodeFixes.Bodies;

/// <summary>Calls a function that has the same bits in the kernel, instead of one that has not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FunctionFix))]
[Shared]
public sealed class FunctionFix() : SyntaxFix<ExpressionSyntax>(FixKind.Function, SourceRules.OutsideSubset)
{
    private protected override ExpressionSyntax? Target(Mark mark) =>
        mark.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() switch
        {
            // A cast to float has nothing to do then, but on an integer.
            { Parent: CastExpressionSyntax { Type: PredefinedTypeSyntax type } cast }
                when type.Keyword.IsKind(SyntaxKind.FloatKeyword) && IsReal(mark.Text) => cast,
            var call => call,
        };

    private protected override string Title(Mark mark) => $"Use '{mark.Text.Replace("global::System.", string.Empty).Replace("global::Kml.", string.Empty)}'";

    private protected override SyntaxNode Change(ExpressionSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        InvocationExpressionSyntax call = (InvocationExpressionSyntax)(target is CastExpressionSyntax cast ? cast.Expression : target);
        ExpressionSyntax instead = SyntaxFactory.ParseExpression(marks[0].Text);
        ExpressionSyntax made = instead is CastExpressionSyntax narrow
            ? narrow.WithExpression(call.WithExpression(narrow.Expression))
            : call.WithExpression(Simplified((MemberAccessExpressionSyntax)instead));
        return made.WithTriviaFrom(target);
    }

    private static bool IsReal(string function) => function.StartsWith("global::", StringComparison.Ordinal);

    private static MemberAccessExpressionSyntax Simplified(MemberAccessExpressionSyntax function) =>
        function.WithExpression(function.Expression.WithAdditionalAnnotations(Simplifier.Annotation));
}
