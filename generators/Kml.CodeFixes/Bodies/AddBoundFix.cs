using System.Collections.Generic;
using System.Composition;
using System.Linq;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Bodies;

/// <summary>States how many turns the loops of a method take at the most.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddBoundFix))]
[Shared]
public sealed class AddBoundFix() : SyntaxFix<SyntaxNode>(FixKind.Bound, SourceRules.OutsideSubset)
{
    private protected override SyntaxNode? Target(Mark mark)
    {
        SyntaxNode? method = mark.Node.Ancestors()
            .FirstOrDefault(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax);
        return method is MethodDeclarationSyntax or LocalFunctionStatementSyntax && !HasBound(method) ? method : null;
    }

    private protected override string Title(Mark mark) => $"Add [Bound({mark.Text})]: no loop of the method takes more turns";

    private protected override SyntaxNode Change(SyntaxNode target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        AttributeListSyntax bound = AttributePlaces.Attribute("Bound", marks[0].Text);
        return target is LocalFunctionStatementSyntax local
            ? local.WithLeadingTrivia(AttributePlaces.Indent(local)).WithAttributeLists(AttributePlaces.With(local, local.AttributeLists, bound))
            : AttributePlaces.WithAttribute((MethodDeclarationSyntax)target, bound);
    }

    // One that states too much is a person's to mend.
    private static bool HasBound(SyntaxNode method) => method.ChildNodes().OfType<AttributeListSyntax>()
        .SelectMany(l => l.Attributes)
        .Any(a => a.Name.ToString().Split('.', ':').Last() is "Bound" or "BoundAttribute");
}
