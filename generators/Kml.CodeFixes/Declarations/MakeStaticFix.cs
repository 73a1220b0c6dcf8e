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

/// <summary>Makes a model's method static.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeStaticFix))]
[Shared]
public sealed class MakeStaticFix() : SyntaxFix<MethodDeclarationSyntax>(FixKind.Static, SourceRules.Signature)
{
    private protected override MethodDeclarationSyntax? Target(Mark mark) => mark.Node as MethodDeclarationSyntax;

    private protected override string Title(Mark mark) => "Make the method static";

    private protected override SyntaxNode Change(MethodDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        Modifiers.With(target, SyntaxKind.StaticKeyword);
}
