using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Subset;

/// <summary>Calls and members that no body can use: what comes compiled, and what of the user's own cannot be translated.</summary>
public class CallTests
{
    private const string Functions =
        "call a method of which the project has the source, or a function of the language, such as Math.Min, MathF.Sqrt, uint.PopCount or KmlMath.Exp";
    private const string Loop = "write a loop over it";
    private const string Own = "write a method, and call it";

    [Theory]
    [InlineData("GC.[|Collect|]();", "A call of 'GC.Collect'", "leave it out: nothing is allocated")]
    [InlineData("Console.[|WriteLine|](\"x\");", "A call of 'Console.WriteLine'", "leave it out: the module has counters, and writes records")]
    [InlineData("x[0] = Environment.[|TickCount|];", "'Environment.TickCount'", "use the TimeNs of the event")]
    [InlineData("x[0] = System.Diagnostics.Stopwatch.[|GetTimestamp|]();", "A call of 'Stopwatch.GetTimestamp'", "use the TimeNs of the event")]
    [InlineData("x[0] = Random.Shared.[|Next|]();", "A call of 'Random.Next'", "use Hash.Mix of what the event carries")]
    [InlineData("x[0] = HashCode.[|Combine|](1, q.Waiting);", "A call of 'HashCode.Combine'", "use Hash.Mix of the parts")]
    [InlineData("x[0] = e.[|GetHashCode|]();", "A call of 'BioQueue.GetHashCode'", "use Hash.Mix of the parts")]
    [InlineData("x[0] = q.[|Equals|](q) ? 1 : 0;", "A call of 'ValueType.Equals'", "use ==, of a struct on its parts")]
    [InlineData("x[0] = q.Waiting.[|CompareTo|](1u);", "A call of 'uint.CompareTo'", "use <, == and >")]
    [InlineData("x[0] = uint.[|CreateTruncating|](q.LastSector);", "A call of 'uint.CreateTruncating'", "use a cast")]
    [InlineData("x[0] = Convert.[|ToSingle|](q.Waiting);", "A call of 'Convert.ToSingle'", "use a cast")]
    [InlineData("x[0] = Enum.[|IsDefined|](e.Operation) ? 1 : 0;", "A call of 'Enum.IsDefined'", "compare it with its members")]
    [InlineData(
        "x[0] = BitConverter.[|UInt32BitsToSingle|](q.Waiting);",
        "A call of 'BitConverter.UInt32BitsToSingle'",
        "keep the number in a type of its own")]
    [InlineData(
        "x[0] = System.Linq.Enumerable.[|Sum|](new[] { 1, 2 });",
        "A call of 'Enumerable.Sum'",
        "write a loop over an [InlineArray], a span or a table")]
    [InlineData("x.[|Sort|]();", "A call of 'MemoryExtensions.Sort'", Loop)]
    [InlineData("x[0] = x.[|IndexOf|](3f);", "A call of 'MemoryExtensions.IndexOf'", Loop)]
    [InlineData("x[0] = x.[|IsEmpty|] ? 1 : 0;", "'Span<float>.IsEmpty'", "use the fields of the event and of the state, and the functions of the language")]
    [InlineData("x[0] = System.Net.IPAddress.[|HostToNetworkOrder|](1);", "A call of 'IPAddress.HostToNetworkOrder'", Functions)]
    public Task KML0003_what_comes_compiled(string body, string what, string remedy) =>
        AnalyzerRun.ShouldReport(SourceRules.OutsideSubset, ModelSource.WithFeatures(body), what, remedy);

    [Theory]
    [InlineData("x[0] = F(3);", "static int F(int n) => n < 2 ? 1 : n * [|F|](n - 1);", "'F', which calls itself,", "write a loop with a bound")]
    [InlineData("x[0] = [|F|](1, 2);", "static int F(params int[] n) => 1;", "'params'", "give the method parameters of its own for each")]
    [InlineData("x[0] = [|F|](1, 2);", "static int F(params ReadOnlySpan<int> n) => 1;", "'params'", "give the method parameters of its own for each")]
    [InlineData(
        "[|F|]();",
        "static async void F() { await System.Threading.Tasks.Task.Yield(); }",
        "A call of 'F', which is async,",
        "the kernel cannot wait here")]
    [InlineData(
        "ref float a = ref [|F|](x); a = 1;",
        "static ref float F(Span<float> n) => ref n[0];",
        "A call of 'F', which returns a reference,",
        "return a value")]
    [InlineData(
        "foreach (int n in [|F|]()) x[0] = n;",
        "static System.Collections.Generic.IEnumerable<int> F() { yield return 1; }",
        "'foreach' over it",
        "go through an [InlineArray], a span or a table")]
    [InlineData("uint k = 1; x[0] = F(); uint F() => [|k|] + 1;", "", "'k' of the method around", "hand it over as a parameter, or by ref")]
    [InlineData(
        "x[0] = [|WaitUs|](default, default);",
        "",
        "A call of 'WaitUs', which is a method of the model's own,",
        "put what they share into a method without an attribute")]
    [InlineData(
        "P a = default; x[0] = (a [|+|] a).N;",
        "struct P { public int N; public static P operator +(P a, P b) => a; }",
        "An operator of your own",
        Own)]
    [InlineData("P a = default; x[0] = ([|-|]a).N;", "struct P { public int N; public static P operator -(P a) => a; }", "An operator of your own", Own)]
    [InlineData("P a = default; a[|++|]; x[0] = a.N;", "struct P { public int N; public static P operator ++(P a) => a; }", "An operator of your own", Own)]
    [InlineData(
        "P a = default; a [|+=|] 1; x[0] = a.N;",
        "struct P { public int N; public static P operator +(P a, int b) => a; }",
        "An operator of your own",
        Own)]
    [InlineData("P a = default; x[0] = [|a|];", "struct P { public int N; public static implicit operator int(P a) => a.N; }", "A conversion of your own", Own)]
    [InlineData("P a = [|3|]; x[0] = a.N;", "struct P { public int N; public static implicit operator P(int n) => default; }", "A conversion of your own", Own)]
    [InlineData("[|P|] a = new(3); x[0] = a.N;", "class P(int n) { public int N = n; }", "An object of type 'P'", "make it a struct")]
    [InlineData(
        "P a = [|new|](3); x[0] = a.N;",
        "struct P(int n) { public readonly int N => n; }",
        "The constructor of 'P'",
        "use a record struct, or a constructor with a body that calls no other")]
    [InlineData(
        "P a = [|new|](3); x[0] = a.N;",
        "struct P { public int N; public P(int n) : this() { N = n; } }",
        "The constructor of 'P'",
        "use a record struct, or a constructor with a body that calls no other")]
    [InlineData(
        "P a = [|new|](); x[0] = a.N;",
        "struct P { public int N = 5; public P() { } }",
        "A first value in 'P'",
        "give it in the constructor, or where the struct is made")]
    [InlineData(
        "P a = default; a.[|N|] = 3;",
        "struct P { int n; public int N { get => n; set => n = value; } }",
        "An assignment to 'a.N'",
        "assign to locals, and to features")]
    [InlineData(
        "P a = default; [|a[1]|] = 3;",
        "struct P { int n; public int this[int i] { get => n; set => n = value; } }",
        "An assignment to 'a[1]'",
        "assign to locals, and to features")]
    [InlineData(
        "x[0] = F(new P());",
        "interface I { int M(); } struct P : I { public int N; public int M() => N; } static int F<T>(T p) where T : struct, I => p.[|M|]();",
        "A call of 'M', of which no code is here,",
        "call a static method, or one of a struct")]
    [InlineData(
        "(long, uint) a = [|F|](); x[0] = a.Item1;",
        "static (int, uint) F() => (1, 2u);",
        "A conversion of a tuple",
        "deconstruct it, and convert the parts")]
    [InlineData(
        "var (a, b) = [|new|] P(); x[0] = a + b;",
        "struct P { public int N; public void Deconstruct(out int a, out int b) { a = N; b = N; } }",
        "This deconstruction",
        "take the parts by their names")]
    [InlineData(
        "[|R|] a = new() { S = x }; a.S[0] = 1;",
        "ref struct R { public Span<float> S; }",
        "A value of type 'R'",
        "use bool, an integer, an enum, float, Q16, or a struct of up to 1024 of these")]
    public Task KML0003_what_is_the_users_own(string body, string member, string what, string remedy) => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.With(("x[0] = q.Waiting;", body + "\n        x[0] = q.Waiting;"), ("[Verdict]", member + "\n\n    [Verdict]")),
        what,
        remedy);

    // What each remedy with a way to write it asks for: the text after it is followed.
    [Theory]
    [InlineData("x[0] = q.Waiting * 1.5 > 2 ? 1 : 0;", "x[0] = q.Waiting * 1.5f > 2 ? 1 : 0;")]
    [InlineData("x[0] = (float)(q.Waiting * 1.5D);", "x[0] = (float)(q.Waiting * 1.5f);")]
    [InlineData("double a = q.Waiting; x[0] = (float)a;", "float a = q.Waiting; x[0] = (float)a;")]
    [InlineData("x[0] = (float)Math.Sqrt(q.Waiting);", "x[0] = MathF.Sqrt(q.Waiting);")]
    [InlineData("for (int i = 0; i < q.Waiting; i++) x[0] += i;", "for (int i = 0; i < q.Waiting && i < 64; i++) x[0] += i;")]
    [InlineData("int[] a = [1, 2]; x[0] = a[1];", "Span<int> a = stackalloc int[] { 1, 2 }; x[0] = a[1];")]
    [InlineData("Func<uint, uint> f = v => v + 1; x[0] = f(2);", "x[0] = F(2); static uint F(uint v) => v + 1;")]
    [InlineData("uint k = 1; x[0] = F(); uint F() => k + 1;", "uint k = 1; x[0] = F(k); uint F(uint n) => n + 1;")]
    [InlineData("uint k = 1; F(); x[0] = k; void F() => k++;", "uint k = 1; F(ref k); x[0] = k; void F(ref uint n) => n++;")]
    [InlineData("uint? a = q.Waiting > 1 ? q.Waiting : null; x[0] = a ?? 7;", "bool has = q.Waiting > 1; x[0] = has ? q.Waiting : 7;")]
    [InlineData("Span<float> a = x; a = x[1..]; a[0] = 1;", "Span<float> a = x; Span<float> b = x[1..]; b[0] = 1; a[0] = 1;")]
    [InlineData("Index a = ^1; x[0] = x[a];", "x[0] = x[^1];")]
    [InlineData("Range a = 1..2; x[0] = x[a][0];", "x[0] = x[1..2][0];")]
    [InlineData("x[0] = Convert.ToInt32(q.Waiting);", "x[0] = (int)q.Waiting;")]
    [InlineData("x[0] = DateTime.Now.Ticks;", "x[0] = e.TimeNs;")]
    [InlineData("x[0] = HashCode.Combine(q.Waiting);", "x[0] = Hash.Mix32(q.Waiting);")]
    [InlineData("var a = e; x[0] = a.Sectors;", "x[0] = e.Sectors;")]
    [InlineData("goto end; end: x[0] = 1;", "x[0] = 1;")]
    [InlineData(
        "switch (q.Waiting) { case 1: goto case 3; case 2: break; case 3: x[0] = 1; break; }",
        "switch (q.Waiting) { case 2: break; case 1: goto case 3; case 3: x[0] = 1; break; }")]
    public async Task KML0003_a_remedy_that_is_followed_is_accepted(string refused, string followed) => await AcceptedTests.Follow(refused, followed);

    [Fact]
    public async Task KML0003_in_a_generic_method_is_said_once_for_all_types() => (await AnalyzerRun.Run(ModelSource.With(
        ("x[0] = q.Waiting;", "x[0] = Of(q.Waiting) + Of((byte)q.Waiting) + Of(q.LastSector);"),
        ("[Verdict]", "private static int Of<T>(T a) where T : System.Numerics.IBinaryInteger<T> => T.Sign(a);\n\n    [Verdict]"))))
        .ShouldHaveSingleItem().Id.ShouldBe("KML0003");
}
