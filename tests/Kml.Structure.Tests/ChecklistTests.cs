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

    private static string[] Touched(string[] patch) =>
        [.. patch.Where(l => l.StartsWith("diff --git a/", StringComparison.Ordinal)).Select(l => l[(l.IndexOf(" b/", StringComparison.Ordinal) + 3)..])];

    /// <summary>
    /// What stands in backticks or is linked: a path, or its end, of a folder or a file; of a file of C# also its type. What is in angle brackets varies.
    /// </summary>
    private static IEnumerable<Regex> Places(string page) =>
        Regex.Matches(page, @"`([^`\s]+)`|\]\(([^)#]+)")
            .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value)
            .Select(place => Regex.Replace(Regex.Escape(place.TrimEnd('/')), "<[^>]*>", "[^/]*"))
            .Select(place => new Regex($@"(^|/){place}(/.*|\.cs)?$"));
}
