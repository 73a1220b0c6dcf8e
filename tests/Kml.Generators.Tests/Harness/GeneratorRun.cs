extern alias generators;

using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using generators::Kml.Generators;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;

namespace Kml.Generators.Tests.Harness;

/// <summary>
/// Runs the generator. Every run is also a test of its caching: again on a clone of the compilation, and again with an unrelated
/// file edited, no model may be computed to another value and nothing after it may run.
/// </summary>
internal sealed class GeneratorRun
{
    // The transform of ForAttributeWithMetadataName, by the name that Roslyn gives to its step.
    private const string TransformStep = "result_ForAttributeWithMetadataName";

    private GeneratorRun(Compilation output, GeneratorRunResult result)
    {
        Output = output;
        Result = result;
    }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Output { get; }

    /// <summary>What was generated.</summary>
    public GeneratorRunResult Result { get; }

    /// <summary>The models of the assembly attributes, read back as the build does.</summary>
    public IReadOnlyList<ModelSpec> Models => Output.Assembly.GetAttributes()
        .Where(a => a.AttributeClass?.Name == nameof(KmlModelAttribute))
        .Select(a => ModelText.Read((string)a.ConstructorArguments[1].Value!))
        .ToList();

    /// <summary>Runs the generator on a source.</summary>
    public static GeneratorRun Of(string source, bool checkOverflow = false)
    {
        CSharpCompilation compilation = TestCompilation.Of(source, checkOverflow);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: TestCompilation.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorRunResult first = driver.GetRunResult().Results.Single();
        first.Exception.ShouldBeNull();
        ShouldCarryValuesOnly(first);

        driver = driver.RunGenerators(compilation.Clone());
        ShouldBeCached(driver.GetRunResult().Results.Single(), first);

        SyntaxTree unrelated = compilation.SyntaxTrees.Single(t => t.FilePath == TestCompilation.UnrelatedPath);
        SyntaxTree edited = TestCompilation.Parse("internal static class Unrelated { public static int Value => 2; }", TestCompilation.UnrelatedPath);
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(unrelated, edited));
        ShouldBeCached(driver.GetRunResult().Results.Single(), first);
        return new GeneratorRun(output, first);
    }

    /// <summary>Runs the generator once, whatever comes of it.</summary>
    public static (Compilation Output, GeneratorRunResult Result) Once(CSharpCompilation compilation)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return (output, driver.GetRunResult().Results.Single());
    }

    /// <summary>Compiles what came out and loads it.</summary>
    public Assembly Load()
    {
        using MemoryStream stream = new();
        Output.Emit(stream).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ShouldBeEmpty();
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    private static void ShouldBeCached(GeneratorRunResult run, GeneratorRunResult first)
    {
        foreach ((string name, IReadOnlyList<IncrementalStepRunReason> allowed) in Allowed())
        {
            List<IncrementalStepRunReason> reasons = Reasons(run, name);
            reasons.Count.ShouldBe(Reasons(first, name).Count, name);
            reasons.ShouldAllBe(r => allowed.Contains(r), name);
        }

        run.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).ShouldAllBe(o => o.Reason == IncrementalStepRunReason.Cached);
    }

    private static IEnumerable<(string Step, IReadOnlyList<IncrementalStepRunReason> Allowed)> Allowed()
    {
        // Any edit runs the transform of every model again. It has to arrive at the same value, and then nothing after it runs.
        yield return (TransformStep, [IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached]);
        yield return (ModelGenerator.ModelStep, [IncrementalStepRunReason.Cached]);
        yield return (ModelGenerator.SourceStep, [IncrementalStepRunReason.Cached]);
    }

    private static List<IncrementalStepRunReason> Reasons(GeneratorRunResult run, string step) =>
        run.TrackedSteps.TryGetValue(step, out var steps) ? steps.SelectMany(s => s.Outputs).Select(o => o.Reason).ToList() : [];

    private static void ShouldCarryValuesOnly(GeneratorRunResult run)
    {
        foreach ((string name, _) in Allowed())
        {
            if (run.TrackedSteps.TryGetValue(name, out var steps))
            {
                foreach ((object value, _) in steps.SelectMany(s => s.Outputs))
                    CompilerObjects.In(value).ShouldBeEmpty(name);
            }
        }
    }
}
