using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Benchmarks.Editor;
using Kml.Generators.Tests.Harness;

namespace Kml.Benchmarks;

/// <summary>
/// What the generator and the analyzers cost an editor, in processor time of the whole process: the first run over a hundred models, an edit in one body,
/// sources that are half typed, and sources that ask for far more work than they have text. It fails when a goal is not met.
/// </summary>
internal static class EditorBenchmark
{
    private const double MostFirstMs = 2000;
    private const double MostEditMs = 5;
    private const double MostVariantMs = 50;
    private const double MostHostileMs = 1000;
    private const int Shown = 20;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="path">Where the table goes.</param>
    public static void Run(string path)
    {
        StringBuilder table = new("what\tms\tmost\n");
        bool isMissed = false;
        void Row(string what, double ms, double? most = null)
        {
            string goal = most is null ? string.Empty : FormattableString.Invariant($"  {(ms <= most ? "met" : "MISSED")}: at most {most}");
            Console.WriteLine(FormattableString.Invariant($"  {what,-72}{ms,10:F2}{goal}"));
            table.Append(FormattableString.Invariant($"{what}\t{ms:F3}\t{most}\n"));
            isMissed |= ms > most;
        }

        void First(string what, Cost cost)
        {
            Row($"{what}: generator", cost.Generator);
            Row("  analyzer", cost.Analyzer);
            Row("  both", cost.Generator + cost.Analyzer, MostFirstMs);
        }

        Console.WriteLine("Processor time, ms");
        EditedProject project = new();
        project.WarmCompiler();
        First("first run over 100 models, none of ours compiled yet", project.Run());
        First("first run over 100 models", new EditedProject().Run());

        project.Edits(EditedProject.Turns);
        IReadOnlyList<Cost> edits = project.Edits(EditedProject.Turns);
        double generator = Median(edits.Select(e => e.Generator)) / EditedProject.Models;
        double analyzer = Median(edits.Select(e => e.Analyzer)) / EditedProject.Models;
        Row("an edit in one body, a model: generator", generator);
        Row("  analyzer", analyzer);
        Row("  both", generator + analyzer, MostEditMs);
        Row("  analyzer, where another generator has written something", Median(edits.Select(e => e.Alone)) / EditedProject.Models);

        IReadOnlyList<(string Name, string Source)> typed = SingleModels.HalfTypedOnes();
        IReadOnlyList<double> variants = SingleModels.Measure(typed);
        Row($"{variants.Count} half-typed models, generator, analyzers and what the compiler does: median", Median(variants));
        Row("  largest", variants.Max(), MostVariantMs);
        Largest(typed, variants);

        IReadOnlyList<double> hostile = SingleModels.Measure(HostileSources.All);
        Row($"{hostile.Count} models that ask for far more work than they have text: median", Median(hostile));
        Row("  largest", hostile.Max(), MostHostileMs);
        Largest(HostileSources.All, hostile);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, table.ToString());
        Console.WriteLine($"Written to {path}.");
        Environment.ExitCode = isMissed ? 1 : 0;
    }

    private static void Largest(IReadOnlyList<(string Name, string Source)> models, IReadOnlyList<double> costs)
    {
        foreach (int i in Enumerable.Range(0, costs.Count).OrderByDescending(i => costs[i]).Take(Shown))
            Console.WriteLine(FormattableString.Invariant($"    {models[i].Name,-70}{costs[i],10:F2}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
