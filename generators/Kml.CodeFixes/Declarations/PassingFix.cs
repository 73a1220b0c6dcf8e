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

/// <summary>Passes a method's parameters as its attribute asks for: by in, by ref, by value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassingFix))]
[Shared]
public sealed class PassingFix() : SyntaxFix<ParameterListSyntax>(FixKind.Passing, SourceRules.Signature)
{
    private protected override ParameterListSyntax? Target(Mark mark) => (mark.Node as MethodDeclarationSyntax)?.ParameterList;

    private protected override string Title(Mark mark) => $"Pass the parameters {Words(mark.Text)}";

    private protected override SyntaxNode Change(ParameterListSyntax target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        string[] words = marks[0].Text.Split(',');
        return target.ReplaceNodes(target.Parameters, (parameter, _) => Passed(parameter, words[target.Parameters.IndexOf(parameter)]));
    }

    private static string Words(string text) => string.Join(", ", text.Split(',').Select(w => w.Length == 0 ? "by value" : "by " + w));

    private static ParameterSyntax Passed(ParameterSyntax parameter, string word)
    {
        if (string.Join(" ", parameter.Modifiers.Select(m => m.ValueText)) == word)
            return parameter;
        SyntaxTriviaList before = parameter.Modifiers.Count > 0 ? parameter.Modifiers[0].LeadingTrivia : parameter.Type!.GetLeadingTrivia();
        ParameterSyntax bare = parameter.WithModifiers(default).WithType(parameter.Type!.WithLeadingTrivia(word.Length == 0 ? before : default));
        return word.Length == 0
            ? bare
            : bare.WithModifiers(SyntaxFactory.TokenList(SyntaxFactory.ParseToken(word).WithLeadingTrivia(before).WithTrailingTrivia(SyntaxFactory.Space)));
    }
}
