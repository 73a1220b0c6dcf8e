using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>What a newcomer copies from the documentation is a model.</summary>
public partial class DocumentationTests
{
    [Theory]
    [InlineData("README.md", "issue_time")]
    [InlineData("docs/getting-started.md", "disk_wait")]
    public async Task An_example_compiles_without_a_diagnostic(string page, string model)
    {
        string source = Example(page);

        (await AnalyzerRun.Run(source)).ShouldBeEmpty();
        GeneratorRun run = GeneratorRun.Of(source);
        run.Result.Diagnostics.ShouldBeEmpty();
        run.Output.GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden).ShouldBeEmpty();
        ModelSpec declared = run.Models.ShouldHaveSingleItem();
        declared.Name.ShouldBe(model);
        ModelChecks.Check(declared).ShouldBeEmpty();
    }

    /// <summary>The one block of a page that declares a model.</summary>
    private static string Example(string page) =>
        CSharpBlocks().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(m => m.Groups[1].Value)
            .Where(b => b.Contains("[KernelModel(", StringComparison.Ordinal))
            .ShouldHaveSingleItem(page);

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlocks();
}
