using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Kml.CodeFixes;

/// <summary>Puts attributes, and what else has a line of its own, between what is there: comments stay where they are, lines are indented alike.</summary>
internal static class AttributePlaces
{
    /// <summary>An attribute of the library's, in brackets of its own.</summary>
    /// <param name="name">Its short name.</param>
    /// <param name="argument">Its only argument.</param>
    public static AttributeListSyntax Attribute(string name, string argument)
    {
        // Parsed, not put together: of tokens that have no text around them an editor would lay out the whole declaration anew.
        AttributeListSyntax list = SyntaxFactory.ParseMemberDeclaration($"[global::Kml.{name}({argument})] void M() {{ }}")!.AttributeLists[0];
        NameSyntax full = list.Attributes[0].Name;
        return list.ReplaceNode(full, full.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    /// <summary>A declaration with one attribute more.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="after">The position of the list behind which it comes; by default the last.</param>
    public static MemberDeclarationSyntax WithAttribute(MemberDeclarationSyntax declaration, AttributeListSyntax attribute, int? after = null) =>
        declaration.WithLeadingTrivia(Indent(declaration)).WithAttributeLists(With(declaration, declaration.AttributeLists, attribute, after));

    /// <summary>The attributes of a declaration with one more, on a line of its own where the one before it has one.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="lists">Its attributes.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="after">The position of the list behind which it comes; by default the last.</param>
    public static SyntaxList<AttributeListSyntax> With(
        SyntaxNode declaration,
        SyntaxList<AttributeListSyntax> lists,
        AttributeListSyntax attribute,
        int? after = null)
    {
        // The first stands between the declaration and the comments above it.
        if (lists.Count == 0)
            return SyntaxFactory.SingletonList(attribute.WithLeadingTrivia(declaration.GetLeadingTrivia()).WithTrailingTrivia(LineEnd(declaration)));

        // Comments above the declaration stay with the first list.
        int before = after ?? lists.Count - 1;
        AttributeListSyntax neighbour = lists[before];
        bool isAlone = neighbour.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        return lists.Insert(before + 1, attribute
            .WithLeadingTrivia(isAlone ? Indent(neighbour) : default)
            .WithTrailingTrivia(isAlone ? SyntaxFactory.TriviaList(LineEnd(declaration)) : neighbour.GetTrailingTrivia()));
    }

    /// <summary>What a node's line begins with.</summary>
    public static SyntaxTriviaList Indent(SyntaxNode node) =>
        SyntaxFactory.TriviaList(node.GetLeadingTrivia()
            .Reverse()
            .TakeWhile(t => !t.IsKind(SyntaxKind.EndOfLineTrivia))
            .Reverse()
            .TakeWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)));

    /// <summary>What ends a line where a node is.</summary>
    public static SyntaxTrivia LineEnd(SyntaxNode node) =>
        node.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.LineFeed).First();
}
