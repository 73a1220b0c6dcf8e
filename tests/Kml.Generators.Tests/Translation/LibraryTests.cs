extern alias generators;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Translation;

/// <summary>Methods of the library that are translated of its source, as the user's own are.</summary>
public class LibraryTests
{
    private const string Arrays = """
        public struct Pair { public uint A; public ulong B; }
            [System.Runtime.CompilerServices.InlineArray(4)] public struct Pairs { private Pair _first; }
            [System.Runtime.CompilerServices.InlineArray(8)] public struct Eight { private uint _first; }
            [System.Runtime.CompilerServices.InlineArray(16)] public struct Sixteen { private uint _first; }

            [State]
        """;

    private const string Own = "static class Histogram { public static uint Count(uint n) => n + 3; }";

    private const string Fields =
        "public Eight Recent; public uint Next; public Sixteen Sizes; public Pairs Pairs; public uint NextPair; public uint Waiting;";

    private const string Update = """
        Window.Push(q.Recent, ref q.Next, e.Sectors);
                Window.Push(q.Pairs, ref q.NextPair, new Pair { A = e.Sectors, B = e.Sector });
                Histogram.Add(q.Sizes, e.Sectors);
                Histogram.Add(q.Recent, e.Sectors);
                if (Window.Last<Pair>(q.Pairs, q.NextPair, 1).B == e.Sector)
                    Histogram.Halve(q.Sizes);
                q.Waiting = Window.Last<uint>(q.Recent, q.Next, 2) + (uint)Histogram.Count(q.Sizes) + (uint)Histogram.Percentile(q.Sizes, 90);
        """;

    private static readonly string Source = ModelSource.With(
        ("[State]", Arrays), ("public uint Waiting;", Fields), ("q.Waiting++;", Update));

    private static readonly Type[] Types =
    [
        .. typeof(generators::Kml.Generators.ModelGenerator).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("library/", StringComparison.Ordinal))
            .Select(n => typeof(Q16).Assembly.GetType("Kml." + Path.GetFileNameWithoutExtension(n), throwOnError: true)!),
    ];

    [Fact]
    public void Each_becomes_a_function_for_each_type_and_length()
    {
        GeneratorRun run = GeneratorRun.Of(Source);
        run.Output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        run.Refusals.ShouldBeEmpty();
        EquatableArray<Method> functions = run.Models.ShouldHaveSingleItem().Functions;

        functions.Select(f => f.Name).ShouldBe(
            ["Push", "Push_2", "Add", "Add_2", "Last", "Halve", "Last_2", "Count", "Percentile"], ignoreOrder: true);
        Length(functions, "Add").ShouldBe(16);
        Length(functions, "Add_2").ShouldBe(8);
        Length(functions, "Push_2").ShouldBe(4);
    }

    [Fact]
    public async Task None_is_refused() => (await AnalyzerRun.Run(Source)).ShouldBeEmpty();

    [Fact]
    public void Random_sources_draw_every_method() =>
        Methods().Where(m => !RandomSource.Library.Any(c => c.Call.StartsWith(m, StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void The_page_lists_every_method()
    {
        string[] table = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "language.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))];

        Methods().Where(m => m.Split('.') is [var home, var name] && !table.Any(l => l.Split(" | ") is [var names, var homes, ..]
            && homes == $"`{home}`" && names.Contains($"`{name}`", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    // A project's own class of the name is the project's.
    [Fact]
    public void A_class_of_the_users_with_such_a_name_is_the_users() =>
        GeneratorRun.Of(ModelSource.WithUpdate("q.Waiting = Histogram.Count(q.Waiting);") + Own)
            .Models.ShouldHaveSingleItem().Functions.ShouldHaveSingleItem().Parameters.ShouldHaveSingleItem().Kind.ShouldBe(ParameterKind.Scalar);

    private static int Length(EquatableArray<Method> functions, string name) =>
        functions.Single(f => f.Name == name).Parameters.Select(p => p.Data).OfType<ArrayData>().Single().Length;

    private static IEnumerable<string> Methods() =>
        from type in Types
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        select $"{type.Name}.{method.Name}";
}
