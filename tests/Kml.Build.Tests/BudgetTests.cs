using System;
using System.IO;
using System.Linq;
using System.Text.Json;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>What a method takes is held to the project's limits whether or not analyzers run, and a log for tools has what a model costs.</summary>
public sealed class BudgetTests : IDisposable
{
    private readonly TestProject _project = new("wait");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void KML0017_fails_the_build_with_and_without_analyzers_until_the_limit_is_raised()
    {
        foreach (string analyzers in new[] { "true", "false" })
        {
            string error = _project.Build("-p:KmlMaxBodyOperations=6", "-p:RunAnalyzers=" + analyzers).Failed().Errors.ShouldHaveSingleItem(analyzers);

            string[] lines = TestModels.Source("wait").Split('\n');
            int line = Array.FindIndex(lines, l => l.Contains("void Extract(", StringComparison.Ordinal));
            error.ShouldContain($"Models.cs({line + 1},{lines[line].IndexOf("Extract(", StringComparison.Ordinal) + 1}");
            error.ShouldContain("error KML0017: 'Extract' takes up to 8 operations, over the limit of 6; let its loops take fewer turns, or raise it by");
        }

        _project.Build("-p:KmlMaxBodyOperations=8").Succeeded();
    }

    [Fact]
    public void KML1012_is_in_an_error_log_with_its_numbers()
    {
        string path = Path.Combine(_project.Root, "budget.sarif");
        _project.Build($"-p:ErrorLog={path}").Succeeded();

        using JsonDocument log = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement result = log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Where(r => r.GetProperty("ruleId").GetString() == "KML1012").ShouldHaveSingleItem();
        result.GetProperty("level").GetString().ShouldBe("note");
        JsonElement numbers = result.GetProperty("properties").GetProperty("customProperties");
        numbers.GetProperty("multiplyAdds").GetString().ShouldBe("24");
        numbers.GetProperty("stateBytes").GetString().ShouldBe("0");
        numbers.GetProperty("Extract(BioQueue).operations").GetString().ShouldBe("8");
        numbers.GetProperty("Extract(BioQueue).frameBytes").GetString().ShouldBe("72");
    }
}
