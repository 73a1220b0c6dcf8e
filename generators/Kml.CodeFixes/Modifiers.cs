using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.CodeFixes;

/// <summary>Adds modifiers and takes them away: what is above a declaration and before it stays there.</summary>
internal static class Modifiers
{
    /// <summary>A declaration with one modifier more: 'partial' as the last, any other behind those that say who sees it.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="word">The modifier.</param>
    public static MemberDeclarationSyntax With(MemberDeclarationSyntax declaration, SyntaxKind word)
    {
        SyntaxTokenList modifiers = declaration.Modifiers;
        int at = word == SyntaxKind.PartialKeyword ? modifiers.Count : modifiers.TakeWhile(m => SyntaxFacts.IsAccessibilityModifier(m.Kind())).Count();
        SyntaxTriviaList space = SyntaxFactory.TriviaList(SyntaxFactory.Space);
        if (at > 0)
            return declaration.WithModifiers(modifiers.Insert(at, SyntaxFactory.Token(default, word, space)));
        SyntaxToken first = First(declaration);
        MemberDeclarationSyntax rest = declaration.ReplaceToken(first, first.WithLeadingTrivia());
        return rest.WithModifiers(rest.Modifiers.Insert(0, SyntaxFactory.Token(first.LeadingTrivia, word, space)));
    }

    /// <summary>A declaration without a modifier that it has.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="word">The modifier.</param>
    public static MemberDeclarationSyntax Without(MemberDeclarationSyntax declaration, SyntaxKind word)
    {
        int at = declaration.Modifiers.IndexOf(word);
        MemberDeclarationSyntax rest = declaration.WithModifiers(declaration.Modifiers.RemoveAt(at));
        if (at > 0)
            return rest;
        SyntaxToken first = First(rest);
        return rest.ReplaceToken(first, first.WithLeadingTrivia(declaration.Modifiers[0].LeadingTrivia));
    }

    /// <summary>A declaration that all see.</summary>
    /// <param name="declaration">The declaration.</param>
    public static MemberDeclarationSyntax Public(MemberDeclarationSyntax declaration) => With(
        declaration.Modifiers.Select(m => m.Kind()).Where(SyntaxFacts.IsAccessibilityModifier).Aggregate(declaration, Without),
        SyntaxKind.PublicKeyword);

    private static SyntaxToken First(MemberDeclarationSyntax declaration) => declaration switch
    {
        { Modifiers: { Count: > 0 } modifiers } => modifiers[0],
        { AttributeLists: { Count: > 0 } lists } => lists.Last().GetLastToken().GetNextToken(),
        _ => declaration.GetFirstToken(),
    };
}
