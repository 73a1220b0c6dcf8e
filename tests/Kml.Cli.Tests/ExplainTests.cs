using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Model;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Cli.Tests;

public class ExplainTests
{
    public static IEnumerable<object[]> Ids => SourceRules.All.Concat(ModelRules.All).Concat(BuildRules.All).Select(r => new object[] { r.Id, r.Title });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_is_explained_and_listed(string id, string title)
    {
        (int status, string page, string errors) = Run("explain", id);
        errors.ShouldBeEmpty();
        status.ShouldBe(0);
        page.ShouldStartWith($"# {id}: {title}\n");
        page.ShouldContain("\n## Remedy\n");
        Run("explain", id.ToLowerInvariant()).Output.ShouldBe(page);

        Run("explain").Output.Split('\n').ShouldContain(l => l.Contains(id, StringComparison.Ordinal) && l.Contains(title, StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_does_not_exist_is_refused()
    {
        (int status, string output, string errors) = Run("explain", "KML9999");
        status.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.ShouldBe($"kml: There is no diagnostic 'KML9999'. 'kml explain' lists them.{Environment.NewLine}");
    }

    private static (int Status, string Output, string Errors) Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 160;
        return (Program.Run(arguments, console, errors), output.ToString(), errors.ToString());
    }
}
