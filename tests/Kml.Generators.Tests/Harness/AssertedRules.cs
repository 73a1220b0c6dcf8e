using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Tests.Harness;

/// <summary>
/// Which rules a test asks for: by name or id, as an argument, in a test method. A comment, a method's name or a word that must not come is no test.
/// </summary>
internal static class AssertedRules
{
    private static readonly Type[] Groups = [typeof(SourceRules), typeof(ModelRules), typeof(BuildRules)];

    private static readonly string[] Denials = ["ShouldBeEmpty", "ShouldNotContain", "ShouldNotBe"];

    /// <summary>The rules, each with its group's field: <c>SourceRules.NotPartial</c>.</summary>
    public static IReadOnlyList<(string Field, DiagnosticRule Rule)> Fields { get; } =
    [
        .. Groups.SelectMany(g => g.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(DiagnosticRule))
            .Select(f => ($"{g.Name}.{f.Name}", (DiagnosticRule)f.GetValue(null)!))),
    ];

    /// <summary>The ids of the rules that tests ask for.</summary>
    /// <param name="sources">The sources of tests.</param>
    public static IReadOnlySet<string> In(IEnumerable<string> sources)
    {
        IEnumerable<SyntaxNode> arguments = sources.Select(s => TestCompilation.Parse(s, "Tests.cs").GetRoot())
            .SelectMany(root => root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(IsTest))
            .SelectMany(test => test.DescendantNodes(n => !IsDenial(n)).Where(n => n is ArgumentSyntax or AttributeArgumentSyntax));
        HashSet<string> words = [.. arguments.SelectMany(Words)];
        return Fields.Where(f => words.Contains(f.Field) || words.Any(w => w.Contains(f.Rule.Id, StringComparison.Ordinal))).Select(f => f.Rule.Id).ToHashSet();
    }

    /// <summary>The sources of all tests.</summary>
    /// <param name="except">A file that names rules and provokes none.</param>
    public static IEnumerable<string> Sources(string except) =>
        Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && Path.GetFileName(f) != except)
            .Select(File.ReadAllText);

    private static bool IsTest(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory");

    private static bool IsDenial(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } && Denials.Contains(name);

    private static IEnumerable<string> Words(SyntaxNode argument) => argument.DescendantNodes(n => !IsDenial(n)).SelectMany(n => n switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => [text],
        InterpolatedStringTextSyntax text => [text.TextToken.ValueText],
        MemberAccessExpressionSyntax member => [member.ToString()],
        _ => Enumerable.Empty<string>(),
    });
}
