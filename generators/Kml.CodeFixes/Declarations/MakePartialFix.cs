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

/// <summary>Makes a model's class partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix() : SyntaxFix<TypeDeclarationSyntax>(FixKind.Partial, SourceRules.NotPartial)
{
    private protected override string Title(Mark mark) => "Make the class partial";

    private protected override SyntaxNode Change(TypeDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        Modifiers.With(target, SyntaxKind.PartialKeyword);
}
