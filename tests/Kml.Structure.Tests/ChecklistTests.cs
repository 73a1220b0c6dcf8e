using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>
/// What is added by a checklist lies where it says, or a checklist that it sends to. That it builds and works, <c>tests/checklists/run</c> tries.
/// </summary>
public class ChecklistTests
{
    public static TheoryData<string> Pages =>
        [.. SourceTree.FilesIn("docs").Select(f => Path.GetFileNameWithoutExtension(f)).Where(f => f.StartsWith("adding-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_dummy_touches_only_what_its_page_names(string page)
    {
        string[] touched = Touched(SourceTree.Lines($"tests/checklists/{page}.patch"));
        touched.ShouldNotBeEmpty();
        string text = SourceTree.Text($"docs/{page}.md");
        string all = string.Concat(Pages.Select(p => p.Data + ".md").Where(linked => text.Contains($"({linked})", StringComparison.Ordinal))
            .Select(linked => SourceTree.Text("docs/" + linked)).Prepend(text));
        touched.Where(file => !Places(all).Any(place => place.IsMatch(file))).ShouldBeEmpty();
    }

    [Fact]
    public void Each_dummy_has_a_page() =>
        SourceTree.FilesIn("tests/checklists").Where(f => f.EndsWith(".patch", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f))
            .ShouldBe(Pages.Select(p => p.Data), ignoreOrder: true);

    [Theory]
    [InlineData("`src/Kml/Events`: the struct", "src/Kml/Events/BlockRequeue.cs", true)]
    [InlineData("`src/Kml/Events`: the struct", "src/Kml/EventsOfOld/BlockRequeue.cs", false)]
    [InlineData("`src/Kml/Events`: the struct", "src/Kml/Levers.cs", false)]
    [InlineData("its row in `BlockEvents.cs`", "src/Kml.Model/Catalog/BlockEvents.cs", true)]
    [InlineData("its row in `BlockEvents.cs`", "src/Kml.Model/Catalog/AllBlockEvents.cs", false)]
    [InlineData("`Quantiser` knows it", "src/Kml.Training/Quantise/Quantiser.cs", true)]
    [InlineData("`templates/module/<family>`: its C", "templates/module/block/kml_block_events.h", true)]
    [InlineData("[module.md](module.md#events) follows", "docs/module.md", true)]
    [InlineData("a stage is a file", "src/Kml/stage", false)]
    public void A_place_on_a_page_is_a_path_or_the_name_of_a_file(string page, string file, bool named) =>
        Places(page).Any(place => place.IsMatch(file)).ShouldBe(named);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_path_on_a_page_leads_somewhere(string page)
    {
        string[] there = [.. SourceTree.Folders.Append("docs").SelectMany(f => SourceTree.FilesIn(f).Prepend(f))];
        Named(SourceTree.Text($"docs/{page}.md")).Where(place => place.Contains('/') && !place.Contains('<'))
            .Where(place => !Path.Exists(Path.Combine(SourceTree.Root, place)) && !there.Any(Place(place).IsMatch))
            .ShouldBeEmpty();
    }

    /// <summary>A filter whose word no test has would run fewer tests than it says, and pass.</summary>
    [Fact]
    public void Each_word_of_a_filter_is_in_a_name_of_a_test_or_of_a_dummys()
    {
        string[] rows = [.. SourceTree.Lines("tests/checklists/tests").Where(l => l.Length > 0 && l[0] != '#')];
        rows.ShouldNotBeEmpty();
        string dummies = string.Join('\n', Pages.SelectMany(p => SourceTree.Lines($"tests/checklists/{p.Data}.patch")));
        foreach (string row in rows)
        {
            string project = row[..row.IndexOf(' ', StringComparison.Ordinal)];
            string tests = string.Join('\n', SourceTree.FilesBelow("tests/" + project, ".cs").Select(SourceTree.Text)) + dummies;
            foreach (Match word in Regex.Matches(row, @"~(?:[\w.]*\.)?(\w+)"))
                Regex.IsMatch(tests, $@"(class|void|Task|namespace) [\w.]*{word.Groups[1].Value}").ShouldBeTrue($"{project}: {word.Value}");
        }
    }

    private static string[] Touched(string[] patch) =>
        [.. patch.Where(l => Regex.IsMatch(l, "^(--- a|[+]{3} b)/")).Select(l => l[6..]).Distinct()];

    private static IEnumerable<Regex> Places(string page) => Named(page).Select(Place);

    /// <summary>What stands in backticks, or is linked.</summary>
    private static IEnumerable<string> Named(string page) =>
        Regex.Matches(page, @"`([^`\s]+)`|\]\(([^)#]+)").Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value);

    /// <summary>A path, or its end, of a folder or a file; of a file of C# also its type. What is in angle brackets varies.</summary>
    private static Regex Place(string name) => new($@"(^|/){Regex.Replace(Regex.Escape(name.TrimEnd('/')), "<[^>]*>", "[^/]*")}(/.*|\.cs)?$");
}
