using System.Collections.Generic;
using System.Composition;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Declarations;

/// <summary>Makes a field of the state public.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePublicFix))]
[Shared]
public sealed class MakePublicFix() : SyntaxFix<FieldDeclarationSyntax>(FixKind.Public, SourceRules.StateField)
{
    private protected override string Title(Mark mark) => "Make the field public";

    private protected override SyntaxNode Change(FieldDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        Modifiers.Public(target);
}
