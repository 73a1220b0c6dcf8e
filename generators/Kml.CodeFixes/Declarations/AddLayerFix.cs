using System.Collections.Generic;
using System.Composition;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Declarations;

/// <summary>Gives a model its last layer, with the outputs that its label needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddLayerFix))]
[Shared]
public sealed class AddLayerFix() : SyntaxFix<TypeDeclarationSyntax>(FixKind.Layer, ModelRules.NoLayers)
{
    private protected override string Title(Mark mark) => $"Add [Dense({mark.Text})]";

    private protected override SyntaxNode Change(TypeDeclarationSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator) =>
        AttributePlaces.WithAttribute(target, AttributePlaces.Attribute("Dense", marks[0].Text));
}
