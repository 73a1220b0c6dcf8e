using System.Collections.Generic;
using System.Composition;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Declarations;

/// <summary>Makes a static class a plain one: what completes it implements an interface.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PlainClassFix))]
[Shared]
public sealed class PlainClassFix() : SyntaxFix<TypeDeclarationSyntax>(FixKind.PlainClass, SourceRules.Placement)
{
    private protected override string Title(Mark mark) => "Remove 'static'";

    private protected override SyntaxNode Change(TypeDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        Modifiers.Without(target, SyntaxKind.StaticKeyword);
}
