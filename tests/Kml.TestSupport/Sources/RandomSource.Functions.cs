using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Kml.TestSupport;

/// <content>The user's own functions.</content>
public sealed partial class RandomSource
{
    private static readonly string[] Shapes =
    [
        "T F(T a, T b)", "T F(ref T a, T b)", "void F(T a, out T b)", "T F(in T a, T b)", "uint F(Span<uint> a, int b)",
        "bool F(ReadOnlySpan<short> a, short b)", "int F(this Pair a, int b)", "(int, uint) F(int a, uint b)", "Point F(int a, uint b)",
        "Pair F(ulong a, Pair b)", "void F(ref Pair a, int b)",
        "T F(ref T a, in T b)", "int F(ref int a, ref int b)", "uint F(ref Pair a, in ulong b)", "Pair F(ref Pair a, in Pair b)",
        "uint F(Span<uint> a, ref uint b)", "uint F(Span<uint> a, ReadOnlySpan<uint> b, int c)", "void F(ref Pair a, ref int b)",
        "short F(out short a, ref short b)",
    ];

    /// <summary>Calls of what the library has as source.</summary>
    public static readonly (string Call, string Result, bool IsFloat)[] Library =
    [
        ("Window.Push<uint>({ref Span<uint>}, ref {ref uint}, {uint})", "void", false),
        ("Window.Push<short>({ref Span<short>}, ref {ref uint}, {short})", "void", false),
        ("Window.Last<uint>({in Span<uint>}, {uint}, {int} & 7)", "uint", false),
        ("Window.Last<short>({in Span<short>}, {uint} % 5, {int} & 3)", "short", false),
        ("Histogram.Add({ref Span<uint>}, {ulong})", "void", false),
        ("Histogram.Count({in Span<uint>})", "ulong", false),
        ("Histogram.Percentile({in Span<uint>}, {int})", "int", false),
        ("Histogram.Halve({ref Span<uint>})", "void", false),
    ];

    // What has been written so far: a call with holes for its arguments, what it gives, and whether it computes in floating point.
    private readonly List<(string Call, string Result, bool IsFloat)> _functions = [];

    /// <summary>Writes functions that the bodies that follow may call, and the structs that have members of their own.</summary>
    public string Functions()
    {
        _functions.Clear();
        _hasTables = false;
        StringBuilder text = new();
        text.AppendLine("public struct Pair {").AppendLine("public int Low; public ulong High; public byte Tag;");
        text.AppendLine($"public readonly uint Sum => {Arrow(Members(false), "uint")};");
        text.AppendLine($"public readonly int Mixed(uint by) {{ {Body([.. Members(false), ("by", "uint", true)], useFloat: false, "int")} }}");
        text.AppendLine($"public uint Take(uint by) {{ {Body([.. Members(true), ("by", "uint", true)], useFloat: false, "uint")} }}");
        text.AppendLine($"public readonly int this[int at] => {Arrow([.. Members(false), ("at", "int", false)], "int")};");
        text.Append("public Pair(int low, byte tag) { Low = low; Tag = tag; ");
        text.AppendLine($"High = {Arrow([("low", "int", false), ("tag", "byte", false)], "ulong")}; }}");
        text.AppendLine("public static Pair Of(int low, byte tag) { Pair made = default; made.Low = low; made.Tag = tag; return made; } }");
        _functions.AddRange([("{Pair}.Sum", "uint", false), ("{Pair}.Mixed({uint})", "int", false), ("{ref Pair}.Take({uint})", "uint", false)]);
        _functions.AddRange([("Pair.Of({int}, {byte})", "Pair", false), ("new Pair({int}, {byte})", "Pair", false), ("{Pair}[{int}]", "int", false)]);
        text.AppendLine("public static class Tools {").AppendLine("public static readonly int[] Steps = [1, 10, 100, -1000];");
        text.AppendLine("public static ReadOnlySpan<byte> Levels => [0, 3, 5, 250];");
        text.AppendLine("public static T Apart<T>(T a, T b) where T : INumber<T> => a > b ? a - b : b - a;");
        text.AppendLine("public static T Most<T>(ReadOnlySpan<T> a) where T : INumber<T>");
        text.AppendLine("{ T most = a[0]; foreach (T v in a) if (v > most) most = v; return most; }");
        _functions.AddRange(Integers.Where(i => !Narrow.Contains(i)).Select(i => ($"Tools.Apart({{{i}}}, {{{i}}})", i, false)));
        text.AppendLine("[Bound(8)] public static uint Root(uint a, uint b)").AppendLine("{");
        text.AppendLine("for (uint n = 0; n * n < (a & 63); n++)").AppendLine("{");
        text.AppendLine(Bounded()).AppendLine("}").AppendLine("return b;").AppendLine("}");
        _functions.Add(("Tools.Root({uint}, {uint})", "uint", false));
        _functions.AddRange([("Tools.Most<uint>({in Span<uint>})", "uint", false), ("Tools.Most<short>({in Span<short>})", "short", false)]);
        _functions.AddRange(Library);
        _hasTables = true;
        List<(string, string, bool)> written = [];
        for (int i = 0; i < Shapes.Length + 4; i++)
            written.Add(Function(text, Shapes[i % Shapes.Length], $"F{i}", isFloat: i >= Shapes.Length));
        _functions.AddRange(written);
        text.AppendLine("}");
        return text.ToString();
    }

    // Within a loop, and in none: what is stated of a method's loops holds for each of them.
    private string Bounded()
    {
        See([("a", "uint", false), ("n", "uint", false), ("b", "uint", true)]);
        (_isSmall, _result, _loops) = (true, "uint", 2);
        StringBuilder text = new();
        Block(text, depth: 1, mayReturn: true);
        _loops = 0;
        return text.ToString();
    }

    private static (string, string, bool)[] Members(bool isWritable) => [.. PairMembers.Select(m => (m.Name, m.Type, isWritable))];

    private (string, string, bool) Function(StringBuilder text, string shape, string name, bool isFloat)
    {
        _float = isFloat;

        // An integer is in sight of every body.
        int last = shape.LastIndexOf("T ", StringComparison.Ordinal);
        string written = Regex.Replace(shape, @"\bT\b", m => m.Index == last ? Pick(Integers) : Any()).Replace(" F(", $" {name}(", StringComparison.Ordinal);
        int open = written.IndexOf(name + "(", StringComparison.Ordinal);
        string result = written[..open].Trim();
        string[] parameters = written[(open + name.Length + 1)..^1].Split(", ");
        List<string> holes = [];
        List<(string, string, bool)> names = [];
        List<Action> places = [];
        string first = string.Empty;
        foreach (string parameter in parameters)
        {
            string[] words = parameter.Split(' ');
            string own = words[^1], type = words[^2], how = words.Length > 2 ? words[0] : string.Empty;
            bool isWritable = how is not "in";
            if (type.Contains("Span", StringComparison.Ordinal))
                places.Add(() => _arrays.Add((own, ElementOf(type), 4, type[0] == 'S', true)));
            else if (IsStruct(type))
                places.Add(() => AddStruct(own, type, isWritable));
            else
                names.Add((own, type, isWritable));
            if (how == "out")
                first = $"{own} = {(isFloat ? type == "float" ? "1.5f" : "default" : "default")};\n";
            holes.Add(how switch
            {
                "out" when _random.Next(4) == 0 => "out _",
                "ref" or "out" => $"{how} {{ref {type}}}",
                "in" => _random.Next(2) == 0 ? $"{{in {type}}}" : $"{{{type}}}",
                "this" => $"{{{type}}}",
                _ when type.Contains("Span", StringComparison.Ordinal) => $"{{{(type[0] == 'S' ? "ref" : "in")} Span<{ElementOf(type)}>}}",
                _ => $"{{{type}}}",
            });
        }

        string body = Body(names, isFloat, result == "void" ? null : result, places: places);
        text.AppendLine($"public static {written} {{ {first}{body} }}");
        string call = parameters[0].StartsWith("this ", StringComparison.Ordinal)
            ? $"{holes[0]}.{name}({string.Join(", ", holes.Skip(1))})"
            : holes.Count == 2 && _random.Next(4) == 0
                ? $"Tools.{name}(b: {holes[1]}, a: {holes[0]})"
                : $"Tools.{name}({string.Join(", ", holes)})";
        return (call, result, isFloat);
    }

    private static string ElementOf(string span) => span[(span.IndexOf('<', StringComparison.Ordinal) + 1)..^1];

    /// <summary>A call of a function that gives a type, or null.</summary>
    private string? CallOf(string result, int depth)
    {
        string[] calls = [.. _functions.Where(f => f.Result == result && (_float || !f.IsFloat)).Select(f => f.Call)];
        return calls.Length == 0 ? null : Filled(Pick(calls), depth);
    }

    private string? Filled(string call, int depth)
    {
        bool isWhole = true;
        string? before = null;
        string text = ArgumentHole().Replace(call, m =>
        {
            string type = m.Groups[2].Value;
            string? argument = m.Groups[1].Value switch
            {
                // The place that was given already, or one within it.
                "ref " or "in " when Again(before, type) is { } again => again,
                _ when type.StartsWith("Span<", StringComparison.Ordinal) => ArrayOf(type[5..^1], mustWrite: m.Groups[1].Value == "ref "),
                "ref " => PlaceOf(type, depth, mustWrite: true),
                "in " => PlaceOf(type, depth, mustWrite: false),
                _ => Value(type, depth),
            };
            isWhole &= argument is not null;
            before = m.Groups[1].Value == "ref " ? $"{type} {argument}" : null;
            return argument ?? string.Empty;
        });
        return isWhole ? text : null;
    }

    private string? Again(string? before, string type)
    {
        if (before is null || _random.Next(2) == 0)
            return null;
        string[] given = before.Split(' ', 2);
        return given[0] == type ? given[1]
            : given[0] == $"Span<{type}>" ? $"{given[1]}[{Index(4, 0)}]"
            : given[0] == "Pair" && PairMembers.FirstOrDefault(m => m.Type == type).Name is { } member ? $"{given[1]}.{member}"
            : null;
    }

    private string? ArrayOf(string element, bool mustWrite)
    {
        string[] arrays = [.. _arrays.Where(a => a.Element == element && a.Length >= 4 && (a.IsWritable || !mustWrite)).Select(a => a.Text)];
        return arrays.Length == 0 ? null : Pick(arrays);
    }

    [GeneratedRegex(@"\{(ref |in )?([^{}]+)\}")]
    private static partial Regex ArgumentHole();
}
