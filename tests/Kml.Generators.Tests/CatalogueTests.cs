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

    private static readonly Lazy<IReadOnlySet<string>> Asserted = new(() => AssertedRules.In(AssertedRules.Sources(except: "CatalogueTests.cs")));

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
        string[] row = PageRows().Where(r => r[0] == $"[{id}]({id}.md)").ShouldHaveSingleItem();
        row[1].Split(", ").ShouldContain(severity == RuleSeverity.Info ? "information" : severity.ToString().ToLowerInvariant());
        row[2].ShouldBe(title);
        ReleaseRows().ShouldContain($"{id} | KmlCompiler | {severity} | {title}");
        Asserted.Value.ShouldContain(id, $"no test asks for {id}");
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
    public void Only_an_argument_in_a_test_asks_for_a_rule()
    {
        const string Source = """
            // KML1001
            class Tests
            {
                [Fact] void KML1002_is_reported() => Run("KML1003").ShouldBeEmpty();
                [Fact] void Other() { string id = "KML1004"; Reported(ModelRules.RingSize); Line(x).ShouldStartWith("a KML1006: "); }
                [Theory] [InlineData("KML1007")] void Third(string id) { }
                void Helper() => Reported(ModelRules.NoLayers);
            }
            """;

        AssertedRules.In([Source]).ShouldBe(["KML1005", "KML1006", "KML1007"], ignoreOrder: true);
    }

    [Fact]
    public void Every_rule_is_in_its_group() =>
        AssertedRules.Fields.Select(f => f.Rule.Id).ShouldBe(Rules.Select(r => (string)r[0]), ignoreOrder: true);

    [Fact]
    public void Ids_are_used_once() => Rules.Select(r => r[0]).ShouldBeUnique();

    [Fact]
    public void There_is_no_row_and_no_page_without_a_rule()
    {
        List<string> ids = [.. Rules.Select(r => (string)r[0])];

        PageRows().Select(r => r[0][1..8]).ShouldBe(ids);
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

    /// <summary>The rows of the pages' table: id with its link, severities, title.</summary>
    private static List<string[]> PageRows() =>
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "diagnostics", "README.md"))
            .Where(l => l.StartsWith("| [KML", StringComparison.Ordinal))
            .Select(l => l.Trim('|', ' ').Split(" | "))];
}
