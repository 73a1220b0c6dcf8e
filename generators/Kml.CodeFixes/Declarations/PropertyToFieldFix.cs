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

namespace Kml.CodeFixes.Declarations;

/// <summary>Makes a property of the state, which keeps what it is given, a public field.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PropertyToFieldFix))]
[Shared]
public sealed class PropertyToFieldFix() : SyntaxFix<PropertyDeclarationSyntax>(FixKind.Field, SourceRules.StateField)
{
    private protected override PropertyDeclarationSyntax? Target(Mark mark) =>
        mark.Node is PropertyDeclarationSyntax { Initializer: null, ExpressionBody: null, AttributeLists.Count: 0 } property && IsPlain(property.AccessorList)
            ? property
            : null;

    private protected override string Title(Mark mark) => "Make it a field";

    private protected override SyntaxNode Change(PropertyDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        FieldDeclarationSyntax field = SyntaxFactory.FieldDeclaration(
            default,
            SyntaxFactory.TokenList(target.Modifiers.Where(m => !m.IsKind(SyntaxKind.ReadOnlyKeyword))),
            SyntaxFactory.VariableDeclaration(
                target.Type,
                SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(target.Identifier.WithTrailingTrivia()))),
            SyntaxFactory.Token(SyntaxKind.SemicolonToken));
        return Modifiers.Public(field.WithTriviaFrom(target));
    }

    // What is said between its accessors has no place in a field.
    private static bool IsPlain(AccessorListSyntax? accessors) =>
        accessors is not null
        && accessors.Accessors.All(a => a is { Body: null, ExpressionBody: null, AttributeLists.Count: 0 })
        && accessors.WithoutTrivia().DescendantTrivia().All(t => t.RawKind is (int)SyntaxKind.WhitespaceTrivia or (int)SyntaxKind.EndOfLineTrivia);
}
