using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>Every diagnostic has all that belongs to it.</summary>
public partial class CatalogueTests
{
    public static IEnumerable<object[]> Rules =>
        SourceRules.All.Concat(ModelRules.All).Concat(BuildRules.All).Select(r => new object[] { r.Id, r.Title, r.Severity });

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_a_page_a_row_and_a_test(string id, string title, RuleSeverity severity)
    {
        string message = SourceRules.All.Concat(ModelRules.All).Concat(BuildRules.All).Single(r => r.Id == id).Message;
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"));
        page.ShouldStartWith($"# {id}: {title}\n");
        page.ShouldContain($"Message: “{Placeholders().Replace(message, "…")}");
        page.ShouldContain("\n## Why\n");
        page.ShouldContain("\n## Example\n");
        page.ShouldContain("\n## Remedy\n");
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "README.md")).ShouldContain($"[{id}]({id}.md)");
        ReleaseRows().ShouldContain($"{id} | KmlCompiler | {severity} | {title}");
        Tests().ShouldContain(text => text.Contains(id), $"no test names {id}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_leads_to_its_page_from_wherever_it_is_met(string id, string title, RuleSeverity severity)
    {
        DiagnosticRule rule = SourceRules.All.Concat(ModelRules.All).Concat(BuildRules.All).Single(r => r.Id == id);
        (rule.Title, rule.Severity).ShouldBe((title, severity));
        rule.Format.ShouldBe($"{rule.Message} (kml explain {id})");
        DiagnosticPages.Text(rule).ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, rule.Page)));

        DiagnosticDescriptor[] shown = [.. AnalyzerRun.Descriptors.Where(d => d.Id == id)];
        if (SourceRules.All.Contains(rule))
            shown.ShouldNotBeEmpty();
        foreach (DiagnosticDescriptor descriptor in shown)
        {
            descriptor.MessageFormat.ToString(null).ShouldBe(rule.Format);
            descriptor.Description.ToString(null).ShouldBe(DiagnosticPages.Description(rule));
            (descriptor.HelpLinkUri.Length == 0 || Uri.IsWellFormedUriString(descriptor.HelpLinkUri, UriKind.Absolute)).ShouldBeTrue(descriptor.HelpLinkUri);
        }

        string description = DiagnosticPages.Description(rule);
        description.Length.ShouldBeGreaterThan(120);
        description.ShouldEndWith($"Example and remedy: kml explain {id}, or docs/diagnostics/{id}.md in the package KmlCompiler.");
        description.ShouldNotContain("](");
    }

    [Fact]
    public void Ids_are_used_once() => Rules.Select(r => r[0]).ShouldBeUnique();

    [Fact]
    public void There_is_no_row_and_no_page_without_a_rule()
    {
        List<string> ids = [.. Rules.Select(r => (string)r[0])];

        ReleaseRows().Where(r => r.StartsWith("KML", StringComparison.Ordinal)).Select(r => r[..7]).ShouldBe(ids, ignoreOrder: true);
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "KML*.md")
            .Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(ids, ignoreOrder: true);
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholders();

    private static List<string> ReleaseRows() =>
        [.. new[] { "Shipped", "Unshipped" }
            .SelectMany(f => File.ReadAllLines(Path.Combine(Repository.Root, "generators", "Kml.Generators", $"AnalyzerReleases.{f}.md")))];

    private static List<string> Tests() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText)];
}
