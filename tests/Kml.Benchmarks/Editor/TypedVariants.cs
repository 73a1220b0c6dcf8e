using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kml.Benchmarks.Editor;

/// <summary>The thousand half-typed models that the tests try.</summary>
internal static class TypedVariants
{
    private const int Turns = 2;

    /// <summary>Runs the generator and the analyzers over each by itself.</summary>
    /// <returns>Milliseconds of each, the least of some turns: of the first ones, some is compiled on the way.</returns>
    internal static IReadOnlyList<double> Measure()
    {
        string[] sources = [.. HabitFiles.All.SelectMany(f => HalfTyped.Of(HabitFiles.Text(f), HabitFiles.Number(f), HabitFiles.ParseOptions))];
        double[] least = [.. Enumerable.Repeat(double.MaxValue, sources.Length)];
        for (int turn = 0; turn < Turns; turn++)
        {
            for (int i = 0; i < sources.Length; i++)
                least[i] = Math.Min(least[i], Once(sources[i]));
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
