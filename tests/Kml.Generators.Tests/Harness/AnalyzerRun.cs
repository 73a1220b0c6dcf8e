extern alias generators;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using generators::Kml.Generators.Analysis;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Shouldly;

namespace Kml.Generators.Tests.Harness;

/// <summary>Runs the analyzers.</summary>
internal static partial class AnalyzerRun
{
    /// <summary>What the analyzers may report.</summary>
    public static IEnumerable<DiagnosticDescriptor> Descriptors => All.SelectMany(a => a.SupportedDiagnostics);

    /// <summary>
    /// Checks that exactly one diagnostic is reported, at the place that the source marks with <c>[|</c> and <c>|]</c>,
    /// that its message is the rule's with these arguments, and that the generator writes just this into the assembly, and no model.
    /// </summary>
    public static Task ShouldReport(DiagnosticRule rule, string marked, params string[] arguments) =>
        ShouldReport(marked, checkOverflow: false, (rule, arguments));

    /// <summary>The same for several diagnostics, in the order of their places.</summary>
    public static async Task ShouldReport(string marked, bool checkOverflow, params (DiagnosticRule Rule, string[] Arguments)[] expected)
    {
        (string source, List<TextSpan> spans) = Unmark(marked);
        spans.Count.ShouldBe(expected.Length, "marks in the source");
        IReadOnlyList<Diagnostic> actual = await Run(source, checkOverflow);
        actual.Select(d => $"{d.Id} '{Text(source, d.Location.SourceSpan)}' at {d.Location.SourceSpan.Start}: {d.GetMessage(null)}").ShouldBe(
            expected.Select((e, i) => $"{e.Rule.Id} '{Text(source, spans[i])}' at {spans[i].Start}: {string.Format(null, e.Rule.Format, e.Arguments)}"));

        // Without analyzers, the build has to say the same at the same places.
        GeneratorRun run = GeneratorRun.Of(source, checkOverflow);
        run.Refusals.ShouldBe(actual.Select(GeneratorRun.Line), ignoreOrder: true);
        if (expected.All(e => e.Rule != ModelRules.DuplicateName))
            run.Models.ShouldBeEmpty();
    }

    /// <summary>The analyzers.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> All => [new ModelAnalyzer(), new DuplicateNameAnalyzer()];

    /// <summary>The diagnostics of both analyzers, in the order of their places.</summary>
    public static Task<IReadOnlyList<Diagnostic>> Run(string source, bool checkOverflow = false) => Run(TestCompilation.Of(source, checkOverflow));

    /// <summary>The diagnostics of both analyzers in a compilation, in the order of their places; what each model costs is not among them.</summary>
    /// <param name="input">The compilation.</param>
    /// <param name="maxGuardedNs">The project's KmlMaxGuardedNs; null where none is known.</param>
    /// <param name="severities">What the project makes of diagnostics.</param>
    public static async Task<IReadOnlyList<Diagnostic>> Run(
        Compilation input,
        string? maxGuardedNs = null,
        params (string Id, ReportDiagnostic Severity)[] severities)
    {
        Compilation compiled = input.WithOptions(input.Options.WithSpecificDiagnosticOptions(severities.Select(s => KeyValuePair.Create(s.Id, s.Severity))));
        ProjectProperties project = maxGuardedNs is null ? new() : new(("KmlMaxGuardedNs", maxGuardedNs));
        return [.. (await Everything(compiled, project)).Where(d => d.Id != ModelRules.Budget.Id)];
    }

    /// <summary>All diagnostics of both analyzers in a compilation, in the order of their places.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="project">The project's properties.</param>
    public static async Task<IReadOnlyList<Diagnostic>> Everything(Compilation compilation, ProjectProperties project)
    {
        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers(
            All,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([], project),
                onAnalyzerException: (e, _, _) => throw new InvalidOperationException("An analyzer failed.", e),
                true,
                false));
        ImmutableArray<Diagnostic> diagnostics = await analyzed.GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    private static string Text(string source, TextSpan span) => source.Substring(span.Start, span.Length);

    private static (string Source, List<TextSpan> Spans) Unmark(string marked)
    {
        StringBuilder source = new();
        List<TextSpan> spans = [];
        int start = 0;
        foreach (string part in Marks().Split(marked))
        {
            if (part == "[|")
                start = source.Length;
            else if (part == "|]")
                spans.Add(TextSpan.FromBounds(start, source.Length));
            else
                source.Append(part);
        }

        return (source.ToString(), spans);
    }

    [GeneratedRegex(@"(\[\||\|\])")]
    private static partial Regex Marks();
}
