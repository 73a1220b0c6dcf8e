using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kml.Benchmarks.Editor;

/// <summary>What single models cost: the thousand half-typed ones that the tests try, and those that ask for far more work than they have text.</summary>
internal static class SingleModels
{
    private const int Turns = 3;

    /// <summary>The half-typed models, each by the file that it comes from.</summary>
    internal static IReadOnlyList<(string Name, string Source)> HalfTypedOnes() =>
    [
        .. HabitFiles.All.SelectMany(f => HalfTyped.Of(HabitFiles.Text(f), HabitFiles.Number(f), HabitFiles.ParseOptions)
            .Select((s, i) => ($"{f}, variant {i}", s))),
    ];

    /// <summary>Runs the generator and the analyzers over each by itself.</summary>
    /// <param name="models">The models.</param>
    /// <returns>
    /// Milliseconds of each, the least of some turns: in the first, some is compiled on the way, and any may have the collector in it, or the compiler of hot
    /// methods, which run when they like.
    /// </returns>
    internal static IReadOnlyList<double> Measure(IReadOnlyList<(string Name, string Source)> models)
    {
        double[] least = [.. Enumerable.Repeat(double.MaxValue, models.Count)];
        for (int turn = 0; turn < Turns; turn++)
        {
            for (int i = 0; i < models.Count; i++)
                least[i] = Math.Min(least[i], Once(models[i].Source));
        }

        return least;
    }

    private static double Once(string source)
    {
        CSharpCompilation compilation = HabitFiles.Compilation(("Model.cs", source));
        GeneratorDriver driver = Analysis.Driver(HabitFiles.ParseOptions);
        return Cost.Of(() =>
        {
            driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
            Analysis.Run(output, Analysis.All);
        });
    }
}
