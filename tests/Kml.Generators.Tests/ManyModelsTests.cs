extern alias generators;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using generators::Kml.Generators;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>A project with a hundred models, in one of which somebody types.</summary>
public class ManyModelsTests
{
    private const string Edited = "Averages/012-ewma-struct.cs.txt";

    [Theory]
    [InlineData("1000f", "2000f")]
    [InlineData("x[1] = d.Service.Value", "x[1] = d.Service.Value * 1.5f")]
    public void An_edit_in_one_body_writes_one_file_anew(string before, string after)
    {
        (GeneratorRunResult first, GeneratorRunResult second) = Edit(before, after);

        first.GeneratedSources.Length.ShouldBe(100);
        second.GeneratedSources.Length.ShouldBe(100);
        Reasons(second.TrackedOutputSteps).ShouldBe(Reasons(second.TrackedSteps, ModelGenerator.SourceStep));
        Reasons(second.TrackedOutputSteps).Count(r => r == IncrementalStepRunReason.Modified).ShouldBe(1);
        Reasons(second.TrackedOutputSteps).Count(r => r == IncrementalStepRunReason.Cached).ShouldBe(99);
        Reasons(second.TrackedSteps, ModelGenerator.ModelStep)
            .Concat(Reasons(second.TrackedSteps, ModelGenerator.RefusedStep))
            .Count(r => r == IncrementalStepRunReason.Modified)
            .ShouldBe(1);
    }

    [Theory]
    [InlineData("x[1] = d.Service.Value", "x[1] = d.Service.")]
    [InlineData("x[1] = d.Service.Value", "x[1] = d.Service.Value * 1.5")]
    public void A_body_that_becomes_wrong_takes_one_file_and_gives_one(string before, string after)
    {
        (_, GeneratorRunResult second) = Edit(before, after);

        second.GeneratedSources.Length.ShouldBe(100);
        List<IncrementalStepRunReason> reasons = Reasons(second.TrackedOutputSteps);
        reasons.Count(r => r == IncrementalStepRunReason.Cached).ShouldBe(99);
        reasons.Where(r => r != IncrementalStepRunReason.Cached).ShouldBe([IncrementalStepRunReason.Removed, IncrementalStepRunReason.New], ignoreOrder: true);
    }

    private static (GeneratorRunResult First, GeneratorRunResult Second) Edit(string before, string after)
    {
        CSharpCompilation compilation = HabitFiles.Compilation([.. HabitFiles.All.Select(f => (f, HabitFiles.Text(f)))]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: HabitFiles.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation);
        GeneratorRunResult first = driver.GetRunResult().Results.Single();
        first.Exception.ShouldBeNull();

        string source = HabitFiles.Text(Edited);
        source.Split(before).Length.ShouldBe(2);
        SyntaxTree edited = TestCompilation.Parse(source.Replace(before, after, StringComparison.Ordinal), Edited, HabitFiles.ParseOptions);
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(t => t.FilePath == Edited), edited));
        return (first, driver.GetRunResult().Results.Single());
    }

    private static List<IncrementalStepRunReason> Reasons(
        IEnumerable<KeyValuePair<string, ImmutableArray<IncrementalGeneratorRunStep>>> steps,
        string? name = null) =>
        [.. steps.Where(s => name is null || s.Key == name).SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason)];
}
