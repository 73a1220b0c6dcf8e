using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
    [InlineData("if (Table is { } other) other[0] = 1;")]
    [InlineData("if (Table is var other and [_, ..]) other[0] = 1;")]
    [InlineData("if (Table is int[] { Length: 2 } other) other[0] = 1;")]
    [InlineData("switch (Table) { case var other: other[0] = 1; break; }")]
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
    [InlineData("_ = from v in Table where v > 1 select v;")]
    [InlineData("_ = from a in Table from v in Table join w in Table on v equals w let s = Table[0] orderby a select v + s;")]
    [InlineData("_ = Table is { Length: > 1 } && Table is [1, ..];")]
    [InlineData("_ = Table[0].CompareTo(1) + Table[1].GetHashCode() + (Table.Clone() is null ? 1 : 0);")]
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

    [Theory]
    [InlineData("Table[0].Bump();", true)]
    [InlineData("Table[0].Doubled = 3;", true)]
    [InlineData("Table.Wipe();", true)]
    [InlineData("_ = from v in Table.Own() select v;", true)]
    [InlineData("_ = Table[0].CompareTo(1);", false)]
    public async Task An_extension_block_may_have_a_table_or_an_element_by_reference(string use, bool isRefused)
    {
        const string Block = """

            internal static class Extensions
            {
                extension(ref int v) { public void Bump() => v++; public int Doubled { set => v = 2 * value; } }
                extension(int[] a) { public void Wipe() => a[0] = 0; public int[] Own() => a; }
            }
            """;
        CSharpParseOptions options = TestCompilation.ParseOptions.WithLanguageVersion(LanguageVersion.Preview);

        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(TestCompilation.Of(Model(use, "private") + Block, parseOptions: options));

        found.Select(d => d.GetMessage(null).Contains(Changed, StringComparison.Ordinal)).ShouldBe(isRefused ? [true] : []);
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
        ("using System;", "using System;\nusing System.Linq;"),
        ("x[0] = q.Waiting;", "x[0] = Table[1];"),
        ("[Verdict]", $$"""
            {{access}} static readonly int[] Table = [1, 2];

                public static void Elsewhere() { {{use}} }

                private static class Another { public static readonly int[] Table = [1]; }

                [Verdict]
            """));
}
