using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>The rows of counters, and the page that follows from them.</summary>
public class CounterTests
{
    [Fact]
    public void A_word_is_used_once_and_is_a_files_name()
    {
        CounterInfo[] counters = [.. CounterCatalog.Groups.SelectMany(g => g.Counters)];

        counters.Select(c => c.Word).ShouldBeUnique();
        counters.ShouldAllBe(c => c.Word.All(l => l == '_' || char.IsAsciiLetterLower(l)) && c.Word.Length < 24);
        counters.ShouldAllBe(c => c.Meaning.Length > 10 && !c.Meaning.EndsWith('.'));
        CounterCatalog.Groups.ShouldAllBe(g => g.Parts.All(p => g.Counters.Contains(p)) && !g.Parts.Contains(g.Counters[0]));
        CounterCatalog.Events.Counters.Take(EventCatalog.All.Count).Select(c => c.Word).ShouldBe(EventCatalog.All.Select(e => e.Word));
    }

    [Fact]
    public void The_page_has_the_table_of_the_rows()
    {
        string page = Repository.Page("module.md");

        string table = string.Concat(CounterCatalog.Groups.SelectMany(g => g.Counters.Select(c => $"| `{g.Word}/{c.Word}` | {c.Meaning} |\n")));
        string identities = string.Concat(CounterCatalog.Groups.Where(g => g.Parts.Count > 0).Select(g => $"- `{g.Word}/`: `{g.Identity}`\n"));
        page.ShouldContain($"-->\n{identities}\n| file | what is counted |\n| --- | --- |\n{table}<!-- /counters -->");
    }
}
