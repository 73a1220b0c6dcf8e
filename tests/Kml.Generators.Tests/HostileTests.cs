using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>
/// Models that ask for far more work than they have text are read like any others, or refused by a count. What each costs <c>make bench-editor</c> measures.
/// </summary>
public class HostileTests
{
    public static TheoryData<string> Names => [.. HostileSources.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_is_a_model_or_refused(string name)
    {
        string source = HostileSources.All.Single(s => s.Name == name).Source;
        CSharpCompilation compilation = HabitFiles.Compilation(("Model.cs", source));
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();

        (Compilation output, GeneratorRunResult result) = GeneratorRun.Once(compilation);
        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(compilation);

        result.Exception.ShouldBeNull();
        List<string> errors = [.. found.Where(d => d.Severity == DiagnosticSeverity.Error).Select(GeneratorRun.Line)];
        GeneratorRun.RefusalsOf(output).ShouldBe(errors, ignoreOrder: true);
    }

    [Theory]
    [InlineData("17 loops within each other", "A loop within 16 others")]
    [InlineData("a switch of 300 relations", "A switch of 300 patterns")]
    [InlineData("300 methods that call each other in turn", "behind 256 methods and forms of methods")]
    [InlineData("a state of structs of ten structs, six deep", "which holds more than 1024 numbers")]
    [InlineData("a table of 65537 elements", "of 65537 elements")]
    [InlineData("an array of 2^30 elements", "4294967304 bytes of state, over the limit of 65536")]
    public async Task What_is_refused_is_refused_by_its_count(string name, string count) =>
        (await AnalyzerRun.Run(HabitFiles.Compilation(("Model.cs", HostileSources.All.Single(s => s.Name == name).Source))))
            .ShouldContain(d => d.GetMessage(null).Contains(count, System.StringComparison.Ordinal));

    // Before that was followed, such were told that they leave features unwritten.
    [Theory]
    [InlineData("features given away by 14 methods, twice by each")]
    [InlineData("loops over loops over features")]
    [InlineData("16 by 16 features in two loops")]
    public async Task Features_are_found_written_in_few_steps(string name) =>
        (await AnalyzerRun.Run(HabitFiles.Compilation(("Model.cs", HostileSources.All.Single(s => s.Name == name).Source))))
            .ShouldNotContain(d => d.Id == "KML0007");
}
