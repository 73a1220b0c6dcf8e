using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Subset;

/// <summary>A static readonly array is a table as long as nothing changes its elements: the module has them as they were declared.</summary>
public class TableTests
{
    private const string Changed = "The table 'Table', whose elements may change (Model.cs, line ";
    private const string Remedy = "make it a property: static ReadOnlySpan<T> Table => [..]";

    [Theory]
    [InlineData("Table[1] = 3;")]
    [InlineData("Table[^1] += 3;")]
    [InlineData("(Table[0])++;")]
    [InlineData("--Table[0];")]
    [InlineData("IssueTime.Table[0] = 3;")]
    [InlineData("(Table[0], Table[1]) = (Table[1], Table[0]);")]
    [InlineData("int.TryParse(\"1\", out Table[0]);")]
    [InlineData("ref int first = ref Table[0]; first = 1;")]
    [InlineData("Array.Sort(Table);")]
    [InlineData("Array.Fill(Table!, 1);")]
    [InlineData("int[] other = Table; other[0] = 1;")]
    [InlineData("Span<int> other = Table; other[0] = 1;")]
    [InlineData("Table.AsSpan().Clear();")]
    [InlineData("Table.SetValue(1, 0);")]
    [InlineData("object other = Table;")]
    [InlineData("Set(ref Table[0]); static void Set(ref int v) => v = 1;")]
    [InlineData("Action set = () => Table[0] = 2;")]
    public async Task KML0003_a_table_whose_elements_are_changed(string change)
    {
        foreach (string access in new[] { "private", "internal" })
        {
            Diagnostic found = (await AnalyzerRun.Run(Model(change, access))).ShouldHaveSingleItem();

            found.Id.ShouldBe("KML0003");
            found.GetMessage(null).ShouldContain(Changed);
            found.GetMessage(null).ShouldContain(Remedy);
        }
    }

    [Theory]
    [InlineData("_ = Table[1] + Table.Length;")]
    [InlineData("foreach (int v in Table) { }")]
    [InlineData("ReadOnlySpan<int> other = Table;")]
    [InlineData("Sum(Table); static int Sum(ReadOnlySpan<int> v) => v[0];")]
    [InlineData("_ = System.Linq.Enumerable.Sum(Table);")]
    [InlineData("_ = System.Linq.Enumerable.ToArray(Table)[0]; int[] copy = [.. Table]; copy[0] = 1;")]
    [InlineData("_ = nameof(Table) + Table[0].ToString(System.Globalization.CultureInfo.InvariantCulture);")]
    [InlineData("int[] Other() => []; Other()[0] = 1; int Table2 = 1; Table2++;")]
    [InlineData("Another.Table[0] = 1;")]
    public async Task A_table_that_is_only_read(string use)
    {
        (await AnalyzerRun.Run(Model(use, "private"))).ShouldBeEmpty();
        GeneratorRun.Of(Model(use, "internal")).Models.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("internal", true)]
    [InlineData("private", false)]
    public async Task A_table_that_another_file_can_see_is_looked_for_there(string access, bool isRefused)
    {
        string change = isRefused ? "Tests.IssueTime.Table[0] = 7;" : "int[] Table = [1]; Table[0] = 7;";
        Compilation compilation = TestCompilation.Of(Model(string.Empty, access))
            .AddSyntaxTrees(TestCompilation.Parse($"class Elsewhere {{ static void F() {{ {change} }} }}", "Elsewhere.cs"));

        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(compilation);

        found.Select(d => d.GetMessage(null).Contains("(Elsewhere.cs, line 1)", StringComparison.Ordinal)).ShouldBe(isRefused ? [true] : []);
    }

    [Fact]
    public async Task KML0003_a_table_that_is_too_long()
    {
        string table = $"private static ReadOnlySpan<int> Table => [{string.Join(",", Enumerable.Repeat("1", 65_537))}];";
        string source = ModelSource.With(("x[0] = q.Waiting;", "x[0] = Table[1];"), ("[Verdict]", table + "\n    [Verdict]"));

        Diagnostic found = (await AnalyzerRun.Run(source)).ShouldHaveSingleItem();

        found.GetMessage(null).ShouldContain("The table 'Table' of 65537 elements cannot be translated to kernel C; keep it to 65536");
    }

    private static string Model(string use, string access) => ModelSource.With(
        ("x[0] = q.Waiting;", "x[0] = Table[1];"),
        ("[Verdict]", $$"""
            {{access}} static readonly int[] Table = [1, 2];

                public static void Elsewhere() { {{use}} }

                private static class Another { public static readonly int[] Table = [1]; }

                [Verdict]
            """));
}
