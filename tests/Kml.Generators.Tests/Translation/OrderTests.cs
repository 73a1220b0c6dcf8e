using Kml.Generators.Tests.Harness;
using Kml.Model;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Translation;

/// <summary>
/// What C# evaluates, when, and with which fault: bodies that random ones were reduced to, where .NET and the translation once differed.
/// </summary>
public class OrderTests
{
    private const int Inputs = 100;

    [Theory]
    [InlineData(
        "switch (q.Waiting) { case > 3 when (q.Waiting = 2) == e.Sectors: break; case > 10: q.LastSector = 2; break; case 2: q.LastSector = 3; break; }")]
    [InlineData("q.LastSector = q.Waiting switch { > 3 when (q.Waiting = 2) == e.Sectors => 1, > 10 => 2, _ => 3 };")]
    [InlineData("q.Waiting = q.Waiting switch { > 1000000 => 1u, < 5 => 2u };")]
    [InlineData("Span<uint> a = stackalloc uint[4]; uint i = e.Sectors; a[(int)(i % 4)] += i = 7; q.Waiting = a[0] + (a[1] * 3) + (a[2] * 5) + (a[3] * 7);")]
    [InlineData("Span<uint> a = stackalloc uint[4]; uint i = e.Sectors; a[(int)(i & 7)] = i++; q.Waiting = i;")]
    [InlineData("var (a, b) = (q.Waiting, q.Waiting++); q.LastSector = (a * 3) - b;")]
    [InlineData("Span<uint> a = stackalloc uint[4]; int i = (int)(e.Sectors & 3); (a[i], a[i++ & 1]) = (1, 2); q.Waiting = a[0] + (a[1] * 3) + (a[2] * 5);")]
    [InlineData("(_, q.Waiting) = (1 / (e.Sectors & 1), 5u);")]
    [InlineData("Span<(int, int)> a = stackalloc (int, int)[2]; _ = a[(int)(e.Sectors & 3)]; q.Waiting = 9;")]
    [InlineData("Span<(int, int)> a = stackalloc (int, int)[2]; switch (a[(int)(e.Sectors & 3)]) { default: q.Waiting = 9; break; }")]
    [InlineData("Span<uint> a = stackalloc uint[2] { (7 / (q.Waiting & 1)), checked((uint)e.TimeNs) }; q.LastSector = 3;")]
    [InlineData("ushort a = (ushort)e.Sectors; checked { a <<= 3; } q.Waiting = a;")]
    [InlineData("sbyte a = (sbyte)e.Sectors; checked { a /= -1; a++; } q.Waiting = (uint)a;")]
    [InlineData("q.Waiting = (uint)checked((int)e.Flags);")]
    [InlineData("IoOperation a = e.Operation; checked { a--; a += e.Sectors; } q.Waiting = (uint)a;")]
    [InlineData("int n = (int)(e.Sectors & 7); while (n-- > 0) { if (n == 3) break; q.Waiting += 2; }")]
    [InlineData("int n = (int)(e.Sectors & 7); while (n-- > 0) { q.Waiting += 2; } q.LastSector = (ulong)n;")]
    [InlineData("int i = 0; while (i < 5 && q.LastSector++ % 3 != 0 && q.Waiting-- != 7) { i++; q.Waiting += 2; }")]
    [InlineData("for (int i = 0; i < 5 && ++q.Waiting % 4 != 0; i++) { if (q.Waiting == 9) continue; q.LastSector += 2; }")]
    [InlineData("q.Waiting = F((uint)q.Waiting, q.Waiting = 4, ref q); static uint F(in uint a, uint b, ref Queue s) { s.Waiting = 1; return a + b; }")]
    [InlineData("var t = (A: e.Sectors, B: 7u); (t.B, t.A) = t; q.Waiting = (t.A * 3) + t.B;")]
    [InlineData("Span<uint> a = stackalloc uint[4]; var t = (2, e.Sectors); int i = 1; (i, a[i]) = t; q.Waiting = a[0] + (a[1] * 3) + (a[2] * 5);")]
    [InlineData("var t = ((e.Sectors, 2u), 3u); var (p, n) = t; t.Item1.Item1 = 9; p.Item2 = 5; q.Waiting = p.Item1 + (t.Item1.Item2 * 3) + n;")]
    [InlineData("q.Waiting = F(ref q.Waiting, ref q.Waiting); static uint F(ref uint a, ref uint b) => a + (b = 5);")]
    [InlineData(
        "var t = (A: 1u, B: e.Sectors); F(ref t, in t.B); q.Waiting = t.A + (t.B * 3); static void F(ref (uint A, uint B) s, in uint v) => s = (v, v + 1);")]
    [InlineData(
        "var a = (X: 1u, Y: e.Sectors); var b = a; ref var r = ref (e.Sectors > 8 ? ref a : ref b); a = (r.Y, r.X); q.Waiting = a.X + (a.Y * 3) + (b.X * 5);")]
    [InlineData("var t = (A: 1u, B: 2u); q.Waiting = F(t, t.A++); static uint F((uint A, uint B) a, uint b) => (a.A * 3) + b;")]
    [InlineData("var t = (A: e.Sectors, B: 2u); q.Waiting = t == F(ref t) ? 1u : 2u; static (uint, uint) F(ref (uint A, uint B) a) { a.A++; return a; }")]
    [InlineData(
        "Span<(uint A, uint B)> a = stackalloc (uint, uint)[4]; int i = (int)e.Sectors & 1; a[i] = (1, (uint)i++); q.Waiting = a[0].A + (a[1].A * 3);")]
    [InlineData("var t = (A: 1u, B: 2u); ref var r = ref t; r = (7, 9 / (e.Sectors & 1)); q.Waiting = t.A;")]
    [InlineData("if (q.LastSector > 5) { q.Waiting = F(2); static uint F(uint v) => v * 3; } else { q.Waiting = F(2); static uint F(uint v) => v * 2; }")]
    [InlineData("var t = F(e.Sectors); q.Waiting = t.A + (t.B * 3); static (uint A, uint B) F(uint result) => (result, 1);")]
    [InlineData("uint one = 2, two = 1; ref uint w = ref one; for (int i = 0; i < 3; i++) { q.LastSector += w + (two = 5 + q.Waiting); w = ref two; }")]
    [InlineData(
        "var a = (1u, e.Sectors); var b = (2u, 3u); for (int n = 0; n < 5 && (a.Item1, 4u) != (b.Item2, 4u); n++) a.Item1++; q.Waiting = a.Item1;")]
    [InlineData("var x = (A: 1u, B: e.Sectors); var y = x; ref var p = ref x; ref uint w = ref p.A; p = ref y; w = 9; q.Waiting = (x.A * 3) + p.A;")]
    [InlineData(
        "var x = (A: 1u, B: 2u); var y = x; ref var p = ref x; for (int i = 0; i < 3; i++) { ref uint w = ref p.B; p = ref y; w += 5; p.B += w; } "
            + "q.Waiting = x.B + (y.B * 3);")]
    [InlineData("checked { q.Waiting = ((int)e.Flags, (byte)e.TimeNs) != ((int)q.Waiting, (byte)3) ? 1u : 2u; }")]
    [InlineData("checked { q.Waiting = (((int)e.Flags & 1, (byte)e.TimeNs), (sbyte)e.Sector) == ((0, (byte)1), (sbyte)2) ? 1u : 2u; }")]
    [InlineData("checked { q.Waiting = (e.Sectors & 1, (byte)(ushort)e.TimeNs) == (q.Waiting = 1, (byte)(e.Sectors & 3)) ? q.Waiting + 1 : 2u; }")]
    [InlineData("var (d, r) = Math.DivRem(right: (int)(q.Waiting++ & 7), left: (int)q.Waiting); q.Waiting = (uint)((d * 3) + r);")]
    [InlineData("Span<uint> a = stackalloc uint[4] { 1, 2, 3, e.Sectors }; Span<uint> b = a.Slice(length: 1, start: 2); q.Waiting = b[0] + (uint)b.Length;")]
    [InlineData("q.Waiting = (e.Sectors & 1, 1 / (e.Sectors & 1)) == (q.Waiting++, 1u) ? 1u : 2u;")]
    [InlineData("var t = (A: 1u, B: 2u); q.Waiting = ((e.Sectors & 1, 3u), t) == ((t.A, 3u), F(ref t)) ? 1u : 2u; static (uint, uint) F(ref (uint A, uint B) a) { a.A--; return a; }")]
    public void An_update_means_in_translation_what_it_means_in_CSharp(string body) => Agree(ModelSource.WithUpdate(body));

    [Fact]
    public void A_record_within_a_tuple_is_equal_as_a_record_is_whose_NaN_is_itself() => Agree(ModelSource.With(
        ("[State]", "public record struct Share(float Value);\n\n    [State]"),
        (
            "(b.TimeNs - a.TimeNs) / 1000f;",
            "(new Share((a.Sectors & 1) / (float)(a.Sectors & 2)), 1u) == (new Share((a.Sectors & 1) / (float)(a.Sectors & 4)), b.Cpu & 1) ? 1 : 2;")));

    [Fact]
    public void A_class_is_given_by_reference_as_the_bool_that_it_is() => Agree(ModelSource.With(
        ("[Dense(1)]", "[Dense(2)]"),
        (
            "private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;",
            "private static bool WaitUs(in BioQueue a, in BlockIssue b) => b.TimeNs - a.TimeNs > 1000;\n    static bool Not(in bool late) => !late;"),
        ("float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f)", "bool us) => Not(us)"),
        ("float us)\n", "bool us)\n"),
        ("us > 2000", "!Not(in us)")));

    [Theory]
    [InlineData("q.Waiting = F(g[q.Waiting++].A, g.Bump(), g[2][1]);")]
    [InlineData("Two t = g[1]; t.A++; q.Waiting = t.A + (g[1].A * 3) + (g[3][0] * 5);")]
    [InlineData("g = new Grid { Base = g[g.Bump()].B }; q.Waiting = g.Base;")]
    [InlineData("q.Waiting = (new Two { A = e.Sectors, B = 3 }[1] * 3) + g[q.Waiting & 1].Sum;")]
    public void What_an_indexer_gives_is_a_value(string body) => Agree(ModelSource.With(
        ("[State]", """
            public record struct Two(uint A, uint B) { public readonly uint this[int at] => at == 0 ? A : B; public readonly uint Sum => A + B; }
                public struct Grid { public uint Base; public uint Bump() => Base++; public readonly Two this[uint at] => new(Base + at, 7 / (at & 3)); }
                static uint F(in uint a, in uint b, in uint c) => a + (b * 3) + (c * 5);

                [State]
            """),
        ("q.Waiting++;", $"Grid g = new() {{ Base = e.Sectors }}; {body}")));

    [Theory]
    [InlineData("Span<uint> s = p[1..]; p = ref y; s[0] = 9; p[1] = 7;")]
    [InlineData("foreach (uint n in p) { q.Waiting += n; p = ref y; }")]
    [InlineData("foreach (ref uint n in p) { n++; p = ref y; n += 3; }")]
    public void What_was_found_through_a_reference_stays_when_the_reference_is_moved(string moves) => Agree(ModelSource.With(
        ("[State]", "[System.Runtime.CompilerServices.InlineArray(4)] public struct Four { private uint _first; }\n\n    [State]"),
        ("q.Waiting++;", $"Four x = default; x[1] = e.Sectors; Four y = default; ref Four p = ref x; {moves} q.Waiting += x[0] + (x[1] * 3) + (y[1] * 5);")));

    private static void Agree(string source)
    {
        GeneratorRun run = GeneratorRun.Of(source);
        run.Refusals.ShouldBeEmpty();
        ModelSpec model = run.Models.ShouldHaveSingleItem();
        ModelText.Read(ModelText.Write(model)).ShouldBe(model);
        ModelRunner runner = ModelRunner.Of(run.Load(DiagnosticSeverity.Error), "Tests.IssueTime");
        RandomBodies random = new(1);
        for (int i = 0; i < Inputs; i++)
            ModelAgreement.Check(runner, model, random.Bits, $"input {i}");
    }
}
