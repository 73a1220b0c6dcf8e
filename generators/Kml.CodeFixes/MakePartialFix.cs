using System.Collections.Generic;
using System.Composition;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes;

/// <summary>Makes a model's class partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix() : SyntaxFix<TypeDeclarationSyntax>(SourceRules.NotPartial)
{
    private protected override TypeDeclarationSyntax? Target(SyntaxNode marked) => marked.FirstAncestorOrSelf<TypeDeclarationSyntax>();

    private protected override string Title(SyntaxNode marked) => "Make the class partial";

    private protected override SyntaxNode Change(TypeDeclarationSyntax target, IReadOnlyList<SyntaxNode> marked, SyntaxGenerator generator) =>
        generator.WithModifiers(target, generator.GetModifiers(target).WithPartial(true));
}
