using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>
/// What <c>docs/language.md</c> lists by hand against what there is. Events and levers it does not list: it points to the tables of <c>docs/module.md</c>.
/// </summary>
public class LanguagePageTests
{
    private static readonly string[] Page = Repository.Page("language.md").Split('\n');

    [Fact]
    public void The_row_of_layers_has_every_activation()
    {
        string row = Page.Where(l => l.StartsWith("| `[Dense(", StringComparison.Ordinal)).ShouldHaveSingleItem();

        row.ShouldContain(string.Join(", ", Enum.GetNames<LayerActivation>().Select(a => $"`{a}`")));
    }

    [Fact]
    public void No_event_is_listed_in_a_second_place() =>
        EventCatalog.All.Where(e => Page.Any(l => l.Contains($"`{e.Kind}`", StringComparison.Ordinal))).ShouldBeEmpty();
}
