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
using Microsoft.CodeAnalysis.Simplification;

namespace Kml.CodeFixes.Bodies;

/// <summary>Takes the array of a method from the stack.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StackAllocFix))]
[Shared]
public sealed class StackAllocFix() : SyntaxFix<VariableDeclarationSyntax>(FixKind.StackAlloc, SourceRules.OutsideSubset)
{
    private protected override string Title(Mark mark) => "Use a span of 'stackalloc'";

    private protected override SyntaxNode Change(VariableDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        TypeSyntax array = SyntaxFactory.ParseTypeName(marks[0].Text + "[]").WithAdditionalAnnotations(Simplifier.Annotation);
        TypeSyntax span = SyntaxFactory.ParseTypeName($"global::System.Span<{marks[0].Text}>").WithAdditionalAnnotations(Simplifier.Annotation);
        VariableDeclaratorSyntax variable = target.Variables[0];
        ExpressionSyntax value = variable.Initializer!.Value;
        VariableDeclarationSyntax changed = target.ReplaceNode(value, Allocated(value, array).WithTriviaFrom(value));
        return target.Type is ArrayTypeSyntax || target.Type.IsVar ? changed.WithType(span.WithTriviaFrom(target.Type)) : changed;
    }

    private static ExpressionSyntax Allocated(ExpressionSyntax value, TypeSyntax type)
    {
        SyntaxToken word = SyntaxFactory.Token(SyntaxKind.StackAllocKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        TypeSyntax listed = type.WithTrailingTrivia(SyntaxFactory.Space);
        return value switch
        {
            ArrayCreationExpressionSyntax array => SyntaxFactory.StackAllocArrayCreationExpression(word, array.Type, array.Initializer),
            ImplicitArrayCreationExpressionSyntax array => SyntaxFactory.StackAllocArrayCreationExpression(word, listed, array.Initializer),
            InitializerExpressionSyntax list => SyntaxFactory.StackAllocArrayCreationExpression(word, listed, list),
            _ => SyntaxFactory.StackAllocArrayCreationExpression(word, listed, Braced((CollectionExpressionSyntax)value)),
        };
    }

    // [1, 2] to { 1, 2 }, on as many lines, with what is said between the elements.
    private static InitializerExpressionSyntax Braced(CollectionExpressionSyntax list)
    {
        SyntaxTriviaList afterOpen = list.OpenBracketToken.TrailingTrivia;
        bool isSpaced = list.CloseBracketToken.GetPreviousToken().TrailingTrivia.Count > 0 || list.CloseBracketToken.LeadingTrivia.Count > 0;
        return SyntaxFactory.InitializerExpression(
            SyntaxKind.ArrayInitializerExpression,
            SyntaxFactory.Token(default, SyntaxKind.OpenBraceToken, afterOpen.Count > 0 ? afterOpen : SyntaxFactory.TriviaList(SyntaxFactory.Space)),
            SyntaxFactory.SeparatedList<ExpressionSyntax>(list.Elements.GetWithSeparators()
                .Select(part => part.AsNode() is ExpressionElementSyntax element ? (SyntaxNodeOrToken)element.Expression : part)),
            SyntaxFactory.Token(
                isSpaced ? list.CloseBracketToken.LeadingTrivia : SyntaxFactory.TriviaList(SyntaxFactory.Space),
                SyntaxKind.CloseBraceToken,
                default));
    }
}
