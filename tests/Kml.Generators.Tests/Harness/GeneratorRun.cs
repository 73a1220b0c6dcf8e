extern alias generators;

using System.Collections.Generic;
using System.Globalization;
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

    /// <summary>What the assembly says of refused classes, one line each, as a build would print it.</summary>
    public IReadOnlyList<string> Refusals => RefusalsOf(Output);

    /// <summary>What a compilation's assembly says of refused classes.</summary>
    public static IReadOnlyList<string> RefusalsOf(Compilation output) => output.Assembly.GetAttributes()
        .Where(a => a.AttributeClass?.Name == nameof(KmlRefusalAttribute))
        .Select(a => a.ConstructorArguments.Select(c => c.Value).ToArray())
        .Select(a => Line((string)a[1]!, (string)a[2]!, (string)a[3]!, (int)a[4]!, (int)a[5]!, (int)a[6]!, (int)a[7]!))
        .ToList();

    /// <summary>A diagnostic in the form of <see cref="Refusals"/>.</summary>
    public static string Line(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
        return Line(
            diagnostic.Id,
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            span.Path,
            span.StartLinePosition.Line + 1,
            span.StartLinePosition.Character + 1,
            span.EndLinePosition.Line + 1,
            span.EndLinePosition.Character + 1);
    }

    /// <summary>Runs the generator on a source.</summary>
    public static GeneratorRun Of(string source, bool checkOverflow = false) => Of(TestCompilation.Of(source, checkOverflow));

    /// <summary>Runs the generator on a compilation of <see cref="TestCompilation"/>.</summary>
    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        CSharpParseOptions options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorRunResult first = driver.GetRunResult().Results.Single();
        first.Exception.ShouldBeNull();
        ShouldCarryValuesOnly(first);

        driver = driver.RunGenerators(compilation.Clone());
        ShouldBeCached(driver.GetRunResult().Results.Single(), first);

        SyntaxTree unrelated = compilation.SyntaxTrees.Single(t => t.FilePath == TestCompilation.UnrelatedPath);
        SyntaxTree edited = TestCompilation.Parse(
            "internal static class Unrelated { public static int Value { get { return 2; } } }",
            TestCompilation.UnrelatedPath,
            options);
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(unrelated, edited));
        ShouldBeCached(driver.GetRunResult().Results.Single(), first);
        return new GeneratorRun(output, first);
    }

    /// <summary>Runs the generator once, whatever comes of it.</summary>
    public static (Compilation Output, GeneratorRunResult Result) Once(CSharpCompilation compilation, ProjectProperties? project = null)
    {
        CSharpParseOptions options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options, optionsProvider: project)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return (output, driver.GetRunResult().Results.Single());
    }

    /// <summary>Compiles what came out and loads it.</summary>
    /// <param name="refused">The least severity of what may not be said of it.</param>
    public Assembly Load(DiagnosticSeverity refused = DiagnosticSeverity.Warning)
    {
        using MemoryStream stream = new();
        Output.Emit(stream).Diagnostics.Where(d => d.Severity >= refused).ShouldBeEmpty();
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    private static string Line(string id, string message, string file, int line, int column, int endLine, int endColumn) =>
        $"{file}({line},{column},{endLine},{endColumn}): error {id}: {message}";

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
        string[] steps =
            [ModelGenerator.ModelStep, ModelGenerator.RefusedStep, ModelGenerator.NameStep, ModelGenerator.DuplicateStep, ModelGenerator.SourceStep];
        foreach (string step in steps)
            yield return (step, [IncrementalStepRunReason.Cached]);
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
