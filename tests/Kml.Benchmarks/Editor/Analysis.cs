extern alias generators;

using System.Collections.Immutable;
using generators::Kml.Generators.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Benchmarks.Editor;

/// <summary>Runs generator and analyzers.</summary>
internal static class Analysis
{
    /// <summary>All analyzers.</summary>
    internal static readonly ImmutableArray<DiagnosticAnalyzer> All = [new ModelAnalyzer(), new DuplicateNameAnalyzer()];

    /// <summary>Those that do next to nothing: the rest of what they cost is the compiler's.</summary>
    internal static readonly ImmutableArray<DiagnosticAnalyzer> Least = [new DuplicateNameAnalyzer()];

    private static readonly CompilationWithAnalyzersOptions Options = new(
        new AnalyzerOptions([]),
        onAnalyzerException: null,
        concurrentAnalysis: false,
        logAnalyzerExecutionTime: false);

    /// <summary>A driver with the generator, which has seen nothing yet.</summary>
    internal static GeneratorDriver Driver(CSharpParseOptions options) =>
        CSharpGeneratorDriver.Create([new generators::Kml.Generators.ModelGenerator().AsSourceGenerator()], parseOptions: options);

    /// <summary>Runs analyzers on a copy of a compilation: on the compilation itself those who come later find what others looked up.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="analyzers">The analyzers.</param>
    internal static void Run(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        compilation.Clone().WithAnalyzers(analyzers, Options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
}
