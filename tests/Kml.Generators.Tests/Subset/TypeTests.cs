using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Xunit;

namespace Kml.Generators.Tests.Subset;

/// <summary>Types, values and places that no body can have. A local that is refused is not refused again where it is used.</summary>
public class TypeTests
{
    private const string Types = "use bool, an integer, an enum, float, Q16, or a struct of up to 1024 of these";
    private const string Array = "use a span of stackalloc, an [InlineArray] in the state, or a static readonly table of constants";
    private const string Null = "use a value that stands for none, or a bool beside it";
    private const string Text = "use numbers, or an enum";
    private const string Span = "take it of an inline array, of stackalloc, or of the features";

    [Theory]
    [InlineData("[|decimal|] a = q.Waiting; x[0] = (float)a;", "A value of type 'decimal'", Types)]
    [InlineData("[|object|] a = q.Waiting; x[0] = a is int b ? b : 0;", "A value of type 'object'", Types)]
    [InlineData("[|dynamic|] a = 1; x[0] = a;", "A value of type 'dynamic'", Types)]
    [InlineData("nint a = ([|nint|])q.Waiting; x[0] = a;", "A value of type 'nint'", Types)]
    [InlineData("Half a = ([|Half|])q.Waiting; x[0] = (float)a;", "A value of type 'Half'", Types)]
    [InlineData("[|Int128|] a = q.Waiting; x[0] = (float)a;", "A value of type 'Int128'", Types)]
    [InlineData("char a = [|'a'|]; x[0] = a;", "A 'char'", "use byte or ushort")]
    [InlineData("[|uint?|] a = q.Waiting; x[0] = a ?? 1;", "The nullable type 'uint?'", Null)]
    [InlineData("[|uint?|] a = null; x[0] = a.HasValue ? a.Value : 1;", "The nullable type 'uint?'", Null)]
    [InlineData("[|string?|] a = null; x[0] = a?.Length ?? 0;", "A string", Text)]
    [InlineData("string a = [|$\"{q.Waiting}\"|]; x[0] = a.Length;", "A string", Text)]
    [InlineData("x[0] = \"abc\".[|Length|];", "'string.Length'", Text)]
    [InlineData("x[0] = q.Waiting.ToString().[|Length|];", "'string.Length'", Text)]
    [InlineData("DateTime a = DateTime.[|Now|]; x[0] = a.Second;", "'DateTime.Now'", "use the TimeNs of the event")]
    [InlineData("[|Random|] a = new(1); x[0] = a.Next();", "A value of type 'Random'", "use Hash.Mix of what the event carries")]
    [InlineData(
        "[|System.Collections.Generic.List<int>|] a = [1]; a.Add(2); x[0] = a.Count;",
        "A value of type 'List<int>'",
        "use an [InlineArray] in the state, or a span of stackalloc")]
    [InlineData("int[] a = [|new|] int[2]; x[0] = a[0];", "An array", Array)]
    [InlineData("[|int[]|] a = [1, 2]; x[0] = a[0];", "An array", Array)]
    [InlineData("ReadOnlySpan<int> a = [|[1, 2]|]; x[0] = a[0];", "An array", Array)]
    [InlineData("Span<int> a = [|new|] int[3]; x[0] = a[1];", "An array", Array)]
    [InlineData("Span<int> a = [|stackalloc|] int[(int)q.Waiting]; x[0] = a[0];", "'stackalloc' of this size", "give it a constant above 0")]
    [InlineData("Span<double> a = [|stackalloc|] double[2]; x[0] = (float)a[0];", "'double' arithmetic", "use float or Q16")]
    [InlineData("Span<int> a = [|default|]; x[0] = a[0];", "A span of unknown length", Span)]
    [InlineData("Span<float> a = q.Waiting > 1 [|?|] x[1..] : x; a[0] = 1;", "A span of unknown length", Span)]
    [InlineData("Span<float> a = x; a [|=|] x[1..]; a[0] = 1;", "A span that is moved", "declare another one")]
    [InlineData("x [|=|] default;", "A span that is moved", "declare another one")]
    [InlineData("x[0] = x[1[|..|](int)q.Waiting][0];", "The range '1..(int)q.Waiting'", "write a range of constants within the 2 elements")]
    [InlineData("x[0] = x.[|Slice|]((int)q.Waiting)[0];", "The slice 'x.Slice((int)q.Waiting)'", "write a slice of constants within the 2 elements")]
    [InlineData("Range a = 1[|..|]2; x[0] = x[a][0];", "A value of type 'Range'", "write the range where it is used, of constants")]
    [InlineData("Index a = [|^|]1; x[0] = x[a];", "A value of type 'Index'", "write the index where it is used")]
    [InlineData("Span<int> a = stackalloc int[3]; x[0] = a[[|3|]];", "The index 3", "there are 3 elements, from 0")]
    [InlineData("x[0] = x is [|[1, ..]|] ? 1 : 0;", "The pattern '[1, ..]'", "compare with constants, by ==, <, and, or, not")]
    [InlineData("Func<uint, uint> a = v [|=>|] v + 1; x[0] = a(q.Waiting);", "A lambda", "write a method, and call it")]
    [InlineData("Func<uint> a = [|delegate|] { return 1u; }; x[0] = a();", "A lambda", "write a method, and call it")]
    [InlineData("var a = [|e|]; x[0] = a.Sectors;", "A copy of the event", "read its fields from the parameter itself")]
    public Task KML0003_a_type(string body, string what, string remedy) =>
        AnalyzerRun.ShouldReport(SourceRules.OutsideSubset, ModelSource.WithFeatures(body), what, remedy);

    [Theory]
    [InlineData("x[0] = [|Count|];", "static int Count;", "The static field 'Count'", "make it const or static readonly, or keep it in the state")]
    [InlineData("[|Count|]++;", "static int Count;", "The static field 'Count'", "make it const or static readonly, or keep it in the state")]
    [InlineData(
        "x[0] = [|Count|];",
        "static int Count { get; set; }",
        "The static property 'Count'",
        "make it const or static readonly, or keep it in the state")]
    [InlineData("x[0] = [|Count|];", "static int Count { get; } = 3;", "The static property 'Count'", "make it a constant, or a property with =>")]
    [InlineData(
        "x[0] = [|Root|];",
        "static readonly float Root = MathF.Sqrt(2);",
        "The static field 'Root'",
        "give it a constant, or a list of constants, where it is declared")]
    [InlineData(
        "x[0] = [|Table|][1];",
        "static int[] Table = [1, 2];",
        "The static field 'Table'",
        "make it const or static readonly, or keep it in the state")]
    [InlineData(
        "x[0] = [|Table|][1];",
        "static readonly int[] Table = new int[5];",
        "The static field 'Table'",
        "give it a constant, or a list of constants, where it is declared")]
    [InlineData("[|Table[1]|] = 2;", "static readonly int[] Table = [1, 2];", "A write to a table", "keep what changes in the state")]
    [InlineData("x[0] = Table[[|q.LastSector|]];", "static readonly int[] Table = [1, 2];", "An index of 64 bits", "convert it to int")]
    [InlineData(
        "x[0] = [|Table[1, 1]|];",
        "static readonly int[,] Table = { { 1, 2 }, { 3, 4 } };",
        "An element access",
        "use an [InlineArray], a span, the features or a static readonly table")]
    [InlineData("x[0] = (float)[|Table[1]|];", "static readonly double[] Table = [1, 2];", "'double' arithmetic", "use float or Q16")]
    public Task KML0003_a_static(string body, string member, string what, string remedy) => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.With(("x[0] = q.Waiting;", body + "\n        x[0] = q.Waiting;"), ("[Verdict]", member + "\n\n    [Verdict]")),
        what,
        remedy);
}
