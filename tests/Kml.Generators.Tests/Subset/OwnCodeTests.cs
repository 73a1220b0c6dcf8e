using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Xunit;

namespace Kml.Generators.Tests.Subset;

/// <summary>Where C# runs code of the user's, or works on a copy that nobody sees: a translation of the fields alone would mean something else.</summary>
public class OwnCodeTests
{
    private const string Copy = "A method that changes a copy";
    private const string CopyRemedy = "call it on a variable, or make it readonly";
    private const string Compare = "compare the parts, joined by &&";
    private const string Counter = "public struct Counter { public uint N; public void Bump() => N++; }";

    [Theory]
    [InlineData("int a, b, c; (a, [|(b, c)|]) = (1, (2, 3)); x[0] = a + b + c;", "", "A tuple within this one", "deconstruct it in a statement of its own")]
    [InlineData("var (a, [|(b, c)|]) = (1, (2, 3)); x[0] = a + b + c;", "", "A tuple within this one", "deconstruct it in a statement of its own")]
    [InlineData(
        "P a = new(1), b = new(2); x[0] = a [|==|] b ? 1 : 0;",
        "record struct P(int X) { public readonly bool Equals(P other) => true; public override readonly int GetHashCode() => 0; }",
        "This comparison",
        Compare)]
    [InlineData(
        "P a = new(1), b = new(2); x[0] = (a, 1) [|==|] (b, 1) ? 1 : 0;",
        "record struct P(int X) { public readonly bool Equals(P other) => true; public override readonly int GetHashCode() => 0; }",
        "This comparison",
        Compare)]
    [InlineData(
        "P a = new() { A = 1 }; x[0] = a is [|(1, 2)|] ? 1 : 0;",
        "struct P { public int A; public readonly void Deconstruct(out int a, out int b) { a = A; b = 2; } }",
        "A pattern through a 'Deconstruct' of your own",
        "match the properties: { X: 1 }")]
    [InlineData(
        "[|U|] u = default; u.A = 1; x[0] = u.B;",
        "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] struct U { "
            + "[System.Runtime.InteropServices.FieldOffset(0)] public uint A; [System.Runtime.InteropServices.FieldOffset(0)] public uint B; }",
        "A value of type 'U'",
        "use bool, an integer, an enum, float, Q16, or a struct of up to 1024 of these")]
    [InlineData(
        "S s = default; x[0] = s.Peek();",
        "struct S { public uint A; public uint Bump() => A++; public readonly uint Peek() { [|Bump|](); return A; } }",
        Copy,
        CopyRemedy)]
    [InlineData("S s = default; s.C.[|Bump|](); x[0] = s.C.N;", "struct S { public readonly Counter C; } " + Counter, Copy, CopyRemedy)]
    [InlineData("S s = default; s.C.[|Bump|](); x[0] = s.C.N;", "struct S { public Counter C { get; set; } } " + Counter, Copy, CopyRemedy)]
    [InlineData(
        "Q s = default; x[0] = s.M();",
        "struct Q { public uint A; public uint M() { return L(); uint L() => [|A|]; } }",
        "'this' of the method around",
        "hand it over as a parameter, by in or ref")]
    public Task KML0003_what_runs_unseen(string body, string member, string what, string remedy) => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.With(("x[0] = q.Waiting;", body + "\n        x[0] = q.Waiting;"), ("[Verdict]", member + "\n\n    [Verdict]")),
        what,
        remedy);

    [Theory]
    [InlineData("S s = default; s.A = 7; x[0] = s.A;", "struct S { public uint A { get => field * 2; set; } }")]
    [InlineData("x[0] = T(q.Waiting); static uint T<V>(V a) where V : struct => U(a); static uint U<V>(V a) where V : struct => a is uint b ? b : 1;", "")]
    [InlineData(
        "Cell a = new Grid()[1, 2]; x[0] = a.A;",
        "struct Cell { public uint A; } struct Grid { public uint B; public Cell this[int i, int j] => default; }")]
    [InlineData("R r = default; x[0] = 1;", "[System.Runtime.CompilerServices.InlineArray(8)] struct R { public uint A; public uint B; }")]
    public async Task No_exception(string body, string member) => await AnalyzerRun.Run(
        ModelSource.With(("x[0] = q.Waiting;", body + "\n        x[0] = q.Waiting;"), ("[Verdict]", member + "\n\n    [Verdict]")));
}
