using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Generators.Tests.Harness;

/// <summary>Models that ask for far more work than they have text: of each kind of construct as much, as deep or as often as somebody might write it.</summary>
internal static class HostileSources
{
    private const string Frame = """
        using System;
        using System.Runtime.CompilerServices;
        using Kml;

        namespace Hostile;

        %TYPES%

        [KernelModel("hostile")]
        [Observe(typeof(BioQueue))]
        [Observe(typeof(BlockIssue))]
        [Dense(1)]
        public partial class M
        {
            [State]
            public struct Q
            {
                public uint A;
                public uint B;
                %FIELDS%
            }

            [Update]
            private static void On(in BioQueue e, ref Q q)
            {
                %UPDATE%
            }

            [Features(%COUNT%)]
            private static void Extract(in BioQueue e, in Q q, Span<float> x)
            {
                %FEATURES%
            }

            [Label]
            private static float Wait(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;

            %MEMBERS%
        }
        """;

    /// <summary>The sources by what they are.</summary>
    public static IReadOnlyList<(string Name, string Source)> All { get; } =
    [
        ("24 locals of double, each made twice of the one before", Update(
            "var d0 = (double)q.A * 2; " + string.Concat(Enumerable.Range(1, 24).Select(i => $"var d{i} = q.A > {i} ? d{i - 1} : d{i - 1}; ")))),
        ("14 switch expressions within each other, with a mistake within all", Update(
            "q.A = " + string.Concat(Enumerable.Range(0, 14).Select(i => $"q.B switch {{ {i}u => 1u, _ => "))
                + "(uint)new int[1].Length" + string.Concat(Enumerable.Repeat(" }", 14)) + ";")),
        ("500 references", Update(string.Concat(Enumerable.Range(0, 500).Select(i => $"ref uint r{i} = ref q.A; r{i}++; ")))),
        ("5 loops within each other, 65536 turns each", Update(Nested(5, i => $"for (int i{i} = 0; i{i} < 65536; i{i}++) {{", "q.A++;"))),
        ("17 loops within each other", Update(Nested(17, i => $"for (int i{i} = 0; i{i} < 2; i{i}++) {{", "q.A++;"))),
        ("16 loops within each other", Update(Nested(16, i => $"for (int i{i} = 0; i{i} < 2; i{i}++) {{", "q.A++;"))),
        ("16 loops within each other, in features", Features(Nested(16, i => $"for (int i{i} = 0; i{i} < 2; i{i}++) {{", "x[0] = 1;") + " x[1] = 1;")),
        ("120 loops within each other", Update(Nested(120, i => $"for (int i{i} = 0; i{i} < 2; i{i}++) {{", "q.A++;"))),
        ("120 loops within each other, in features", Features(Nested(120, i => $"for (int i{i} = 0; i{i} < 2; i{i}++) {{", "x[0] = 1;"))),
        ("a loop of 65536 turns over features", Features("for (int i = 0; i < 65536; i++) { x[i & 1] = q.A; }")),
        ("a loop of 20000 turns over 100 statements", Features("for (int i = 0; i < 20000; i++) { " + Times(100, i => $"x[i & 1] += {i};") + " }")),
        ("loops over loops over features", Features("for (int i = 0; i < 256; i++) for (int j = 0; j < 256; j++) x[i] += j;", count: 256)),
        ("16 by 16 features in two loops", Features("for (int i = 0; i < 16; i++) for (int j = 0; j < 16; j++) x[16 * i + j] = j;", count: 256)),
        ("150 loops one after the other", Update(Times(150, i => $"for (int i = 0; i < 9; i++) q.A += {i};"))),
        ("120 conditions within each other", Update(Nested(120, i => $"if (q.A > {i}) {{", "q.B++;"))),
        ("120 else-ifs", Update(string.Join(" else ", Enumerable.Range(0, 120).Select(i => $"if (q.A == {i}) {{ q.B = {i}; }}")))),
        ("120 else-ifs that return, in features", Features("x.Clear(); " + Joined(120, " else ", i => $"if (q.A == {i}) {{ x[0] = {i}; return; }}"))),
        ("300 conditions one after the other", Update(Times(300, i => $"if (q.A == {i}) q.B += {i};"))),
        ("a switch of 500 cases", Update("switch (q.A) { " + Times(500, i => $"case {i}: q.B = {i * 7}; break;") + " }")),
        ("a switch of 300 relations", Update("switch (q.A) { " + Times(300, i => $"case > {9 * (300 - i)} when q.B != {i}: q.B = {i}; break;") + " }")),
        ("a switch expression of 500 arms", Update("q.B = q.A switch { " + Times(500, i => $"{i} => {i * 7}u,") + " _ => 0u };")),
        ("a sum of 240 terms", Update($"q.A = {Joined(240, " + ", i => $"q.B * {i}u")};")),
        ("240 conditions joined by and", Update($"if ({Joined(240, " && ", i => $"q.B != {i}u")}) q.A++;")),
        ("60 choices in each other's tests", Update($"int v = {Wrapped(60, "(int)(q.A & 3)", inner => $"({inner} > 1 ? 1 : 2)")}; q.A = (uint)v;")),
        ("60 choices in each other's tests, of bytes", Update($"byte v = {Wrapped(60, "(byte)(q.A & 3)", s => $"(byte)({s} > 1 ? 1 : 2)")}; q.A = v;")),
        ("60 choices in each other's sides", Update($"q.A = {Joined(60, " : ", i => $"q.B == {i} ? {i}u")} : 0u;")),
        ("60 elements in each other's indices", Update($"q.A = {Wrapped(60, "q.A", s => $"T[(int)({s} & 3)]")};", members: Table)),
        ("60 divisions in each other", Update($"q.A = {Wrapped(60, "(q.A + 1)", s => $"(100 / {s})")};")),
        ("60 minima in each other", Update($"q.A = {Wrapped(60, "q.A", s => $"Math.Min({s}, Math.Max({s.Length}u, q.B))")};")),
        ("40 checked sums in each other", Update($"q.A = {Wrapped(40, "q.A", s => $"checked({s} + 1)")};")),
        ("60 assignments in each other", Update($"{Times(60, i => $"uint v{i};")} {Joined(60, " = ", i => $"v{i}")} = q.A; q.B = v0;")),
        ("calls that double with each of 20 methods", Update("q.A = F20(q.A);", members: Doubling(20, "uint F{0}(uint v) => F{1}(v) + F{1}(v + 1);"))),
        ("features given away by 14 methods, twice by each", Features("F14(x);", members: Doubling(14, "void F{0}(Span<float> v) {{ F{1}(v); F{1}(v); }}"))),
        ("features given away in a loop by 6 methods", Features(
            "F6(x);", members: Doubling(6, "void F{0}(Span<float> v) {{ for (int i = 0; i < 8; i++) F{1}(v); }}"))),
        ("types that double with each of 20 generic methods", Update(
            "q.A = F20<uint>(q.A);", members: Doubling(20, "uint F{0}<T>(uint v) => F{1}<(T, int)>(v) + F{1}<(int, T)>(v);"))),
        ("10 generic methods of twice each type", Update(
            "q.A = F10<uint>(q.A);", members: Doubling(10, "uint F{0}<T>(uint v) => F{1}<Box<T>>(v) + F{1}<Bag<T>>(v);"), types: Boxes)),
        ("lengths of spans that double with each of 10 methods", Update(
            "Span<int> s = stackalloc int[1024]; q.A = F10(s);", members: Doubling(10, "uint F{0}(Span<int> v) => F{1}(v[1..]) + F{1}(v[{2}..]);"))),
        ("300 methods that call each other in turn", Update("q.A = F300(q.A);", members: Doubling(300, "uint F{0}(uint v) => F{1}(v);"))),
        ("structs that double 14 times, compared", Update("S14 a = default, b = default; if (a == b) q.A++;", types: Structs(14, "record struct"))),
        ("a state of structs that double 14 times", Update(
            $"q.S.{string.Concat(Enumerable.Repeat("L.", 14))}V++;", fields: "public S14 S;", types: Structs(14, "struct"))),
        ("a state of structs of ten structs, six deep", Update("q.A++;", fields: "public S6 S;", types: Structs(6, "struct", 10))),
        ("an array of 2^30 elements", Update(
            "q.S[(int)(q.A & 7)]++;", fields: "public Huge S;", types: "[InlineArray(1 << 30)] public struct Huge { private uint _item; }")),
        ("a table of 20000 elements", Update(
            "q.A = T[(int)(q.A & 7)];", members: $"private static ReadOnlySpan<uint> T => [{Joined(20000, ",", i => $"{i}")}];")),
        ("a table of 3000 elements, read 100 times", Update(
            Times(100, i => $"q.A += T[(int)(q.A & {i})];"), members: $"private static ReadOnlySpan<uint> T => [{Joined(3000, ",", i => $"{i}")}];")),
        ("a table of 65537 elements", Update(
            "q.A = T[(int)(q.A & 7)];", members: $"private static ReadOnlySpan<uint> T => [{Joined(65_537, ",", i => "1")}];")),
        ("500 locals", Update(Times(500, i => $"uint v{i} = q.A + {i};"))),
        ("500 stores to the state", Update(Times(500, i => $"q.A ^= q.B + {i};"))),
        ("100 blocks within each other", Update(Nested(100, i => $"{{ uint v{i} = q.A;", "q.A++;"))),
        ("60 tuples within each other", Update($"var t = {Wrapped(15, "q.A", s => $"({s}, q.B)")}; q.A += t.Item2;")),
        ("patterns within each other", Update($"if (q.A is {Joined(120, " or ", i => $"> {2 * i} and < {(2 * i) + 9}")}) q.B++;")),
        ("60 not patterns", Update($"if (q.A is {string.Concat(Enumerable.Repeat("not ", 60))}3) q.B++;")),
    ];

    private const string Table = "private static ReadOnlySpan<uint> T => [3, 1, 2, 0];";

    private const string Boxes = "public struct Box<T> { public T V; } public struct Bag<T> { public T V; }";

    private static string Update(string body, string members = "", string types = "", string fields = "") =>
        Model(("UPDATE", body), ("MEMBERS", members), ("TYPES", types), ("FIELDS", fields));

    private static string Features(string body, string members = "", int count = 2) =>
        Model(("FEATURES", body), ("MEMBERS", members), ("COUNT", $"{count}"));

    private static string Model(params (string Hole, string Text)[] parts)
    {
        (string Hole, string Text)[] rest = [("TYPES", ""), ("FIELDS", ""), ("UPDATE", "q.A++;"), ("COUNT", "2"), ("FEATURES", "x.Clear();"), ("MEMBERS", "")];
        return parts.Concat(rest).Aggregate(Frame, (source, part) => source.Replace($"%{part.Hole}%", part.Text, StringComparison.Ordinal));
    }

    private static string Times(int count, Func<int, string> text) => Joined(count, " ", text);

    private static string Joined(int count, string between, Func<int, string> text) => string.Join(between, Enumerable.Range(0, count).Select(text));

    private static string Nested(int depth, Func<int, string> open, string within) => $"{Times(depth, open)} {within} {new string('}', depth)}";

    private static string Wrapped(int depth, string innermost, Func<string, string> around) =>
        Enumerable.Range(0, depth).Aggregate(innermost, (inner, _) => around(inner));

    /// <summary>Methods F0 to F(n), each of which calls the one before.</summary>
    private static string Doubling(int count, string method)
    {
        string last = method.Contains("Span<float>", StringComparison.Ordinal) ? "private static void F0(Span<float> v) { v[0] = 1; v[1] = 2; }"
            : method.Contains("Span<int>", StringComparison.Ordinal) ? "private static uint F0(Span<int> v) => (uint)v[0];"
            : method.Contains("<T>", StringComparison.Ordinal) ? "private static uint F0<T>(uint v) => v;"
            : "private static uint F0(uint v) => v;";
        return last + Times(count, i => "private static " + string.Format(null, method, i + 1, i, 1 << (9 - Math.Min(i, 9))));
    }

    /// <summary>Structs S0 to S(n), each of which holds some of the one before.</summary>
    private static string Structs(int depth, string kind, int width = 2) => $"public {kind} S0 {{ public uint V; }} " + Times(depth, i =>
        $"public {kind} S{i + 1} {{ public S{i} L; {Joined(width - 1, " ", f => $"public S{i} F{f};")} }}");
}
