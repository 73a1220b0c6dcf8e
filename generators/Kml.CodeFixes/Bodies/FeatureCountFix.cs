using System.Collections.Generic;
using System.Composition;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Bodies;

/// <summary>Declares as many features as the method writes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FeatureCountFix))]
[Shared]
public sealed class FeatureCountFix() : SyntaxFix<LiteralExpressionSyntax>(FixKind.Count, SourceRules.FeatureCount)
{
    private protected override LiteralExpressionSyntax? Target(Mark mark) => mark.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.AttributeLists
        .SelectMany(l => l.Attributes)
        .Where(a => a.Name.ToString().Split('.', ':').Last() is "Features" or "FeaturesAttribute")
        .Select(a => a.ArgumentList?.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax)
        .FirstOrDefault();

    private protected override string Title(Mark mark) => $"Declare [Features({mark.Text})]";

    private protected override SyntaxNode Change(LiteralExpressionSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        // Several places may each ask for more.
        int most = marks.Max(m => int.Parse(m.Text, CultureInfo.InvariantCulture));
        return SyntaxFactory.ParseExpression(most.ToString(CultureInfo.InvariantCulture)).WithTriviaFrom(target);
    }
}
