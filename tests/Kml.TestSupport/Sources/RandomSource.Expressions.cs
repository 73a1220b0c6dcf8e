using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.TestSupport;

/// <content>Expressions.</content>
public sealed partial class RandomSource
{
    private static readonly string[] Edgy = ["int", "uint", "long", "ulong", "Q16"];

    private string Any() => _random.Next(_float ? 9 : 7) switch
    {
        < 4 => Pick(Integers),
        4 => "bool",
        5 => "Q16",
        6 => "Color",
        _ => "float",
    };

    private string Of(string type, int depth) => depth <= 0 || (_isSmall && _random.Next(5) < 2) ? Leaf(type) : _random.Next(14) switch
    {
        0 => Leaf(type),
        2 when PlaceOf(type, depth - 1, mustWrite: false) is { } place => place,
        3 when Effect(type, depth - 2) is { } effect => effect,
        4 when CallOf(type, depth - 2) is { } call => call,
        5 when depth > 1 && _random.Next(2) == 0 => Choice(type, depth - 2),
        5 when type is "int" or "uint" or "long" or "ulong" => $"checked({Operator(type, depth - 1)})",
        6 when type == "bool" => Is(depth - 1),
        1 => $"({Of("bool", depth - 1)} ? {Of(type, depth - 1)} : {Of(type, depth - 1)})",
        7 when type != "bool" => Cast(type, depth - 1),
        _ => Operator(type, depth - 1),
    };

    private string Leaf(string type)
    {
        List<string> exact = [.. _names.Where(n => n.Type == type).Select(n => n.Name)];
        if (exact.Count > 0 && _random.Next(4) > 0)
            return PickOne(exact);
        if (type == "bool")
            return $"({Leaf("uint")} {Pick(Relations)} {Pick(Literals)})";
        List<(string Name, string Type, bool)> numbers =
            [.. _names.Where(n => n.Type != "bool" && (type == "Q16" || n.Type != "Q16") && (_float || n.Type != "float"))];
        (string name, string from, _) = PickOne(numbers);
        return type == "Q16" && !Integers.Contains(from) && from is not ("Q16" or "float") ? $"(Q16)(int){name}" : $"({type}){name}";
    }

    private string Cast(string type, int depth)
    {
        string from = _random.Next(_float ? 6 : 5) switch
        {
            < 3 => Pick(Integers),
            3 => type is "int" or "float" or "Q16" or "long" ? "Q16" : "int",
            4 => type == "Q16" ? "ulong" : "Color",
            _ => "float",
        };
        return $"({type})({Of(from, depth)})";
    }

    private string Operator(string type, int depth)
    {
        if (_random.Next(5) == 0 && Call(type, depth) is { } call)
            return call;
        switch (type)
        {
            case "bool":
                string operands = Pick([.. Integers, "Color", "Q16", .. _float ? ["float", "float"] : Array.Empty<string>()]);
                return _random.Next(11) switch
                {
                    4 or 9 or 10 => WithEdge(Pick([.. Edgy, .. _float ? new[] { "float", "float", "float" } : []]), Relations, depth),
                    7 => $"({PointOf(depth)} {Pick("==", "!=")} {PointOf(depth)})",
                    8 => $"(({Of("int", depth)}, {Of("byte", depth)}) {Pick("==", "!=")} ({Of("short", depth)}, {Of("uint", depth)}))",
                    0 => $"!{Of("bool", depth)}",
                    1 => $"({Of("bool", depth)} {Pick("&&", "||", "&", "|", "^", "==", "!=")} {Of("bool", depth)})",
                    2 => $"({Of("uint", depth)} {Pick(Relations)} {Of(Pick("int", "sbyte", "uint", "byte"), depth)})",
                    3 => $"({Of("byte", depth)} {Pick(Relations)} {Of("short", depth)})",
                    _ => $"({Of(operands, depth)} {Pick(Relations)} {Of(operands, depth)})",
                };
            case "int":
                return _random.Next(5) switch
                {
                    4 => Edged(type, depth),
                    0 => $"{Pick("-", "~", "+")}({Of(Pick([.. Narrow, "int"]), depth)})",
                    1 => $"({Of(Pick([.. Narrow, "int"]), depth)} {Pick("<<", ">>", ">>>")} {Count(depth)})",
                    _ => Binary([.. Narrow, "int"], [.. Narrow, "int"], depth),
                };
            case "uint":
                return Unsigned("uint", ["uint", "byte", "ushort"], depth);
            case "ulong":
                return Unsigned("ulong", ["ulong", "uint", "byte", "ushort"], depth);
            case "long":
                return _random.Next(7) switch
                {
                    5 or 6 => Edged(type, depth),
                    0 => $"-({Of(Pick("uint", "long"), depth)})",
                    1 => $"({Of("long", depth)} {Pick("<<", ">>", ">>>")} {Count(depth)})",
                    3 => Binary(["uint"], ["int", "sbyte", "short"], depth, literal: false),
                    _ => Binary(["long"], ["long", "int", "uint", .. Narrow], depth),
                };
            case "float":
                return _random.Next(5) switch
                {
                    0 => $"-({Of("float", depth)})",
                    1 => WithEdge(Of(Pick(["float", .. Integers]), depth), Pick(OfFractions), Pick(EdgeConstants.Floats)),
                    2 => WithEdge(Of("float", depth), Pick(OfFractions), $"({Pick(EdgeConstants.Floats)} {Pick(OfFractions)} {Pick(EdgeConstants.Floats)})"),
                    _ => $"({Of("float", depth)} {Pick(OfFractions)} {(_random.Next(3) == 0 ? Pick(Floats) : Of(Pick(["float", .. Integers]), depth))})",
                };
            case "Q16":
                return _random.Next(4) switch
                {
                    0 => $"-({Of("Q16", depth)})",
                    1 => WithEdge("Q16", OfFractions, depth),
                    _ => $"({Of("Q16", depth)} {Pick(OfFractions)} {Of("Q16", depth)})",
                };
            case "Color":
                return _random.Next(3) switch
                {
                    0 => $"~({Of("Color", depth)})",
                    1 => $"({Of("Color", depth)} {Pick("&", "|", "^")} {Pick("Color.Blue", Of("Color", depth))})",
                    _ => $"(Color)({Of("int", depth)})",
                };
            case not null when LeverCalls.Enums.TryGetValue(type, out string[]? members):
                return $"({Of("bool", depth)} ? {type}.{Pick(members)} : {Of(type, 0)})";
            default:
                return $"({type})({Of("int", depth)})";
        }
    }

    private string WithEdge(string operand, string op, string edge) => _random.Next(2) == 0 ? $"({operand} {op} {edge})" : $"({edge} {op} {operand})";

    /// <summary>
    /// An operator with an edge constant on one side. Of a type they have their turns, which start elsewhere for each seed: few files have all of them. A
    /// constant that C# refuses to divide by is on no right side.
    /// </summary>
    private string WithEdge(string type, string[] operators, int depth)
    {
        string[] edges = EdgeConstants.Of(type)!;
        string turns = type + operators.Length;
        uint turn = _turns[turns] = _turns.GetValueOrDefault(turns, unchecked((uint)seed * 3)) + 1;
        string edge = edges[turn % edges.Length];
        string op = operators[turn / edges.Length % operators.Length];
        bool isRefused = op is "/" or "%" && edge.StartsWith('0') && !edge.StartsWith("0x", StringComparison.Ordinal) && type is not "float";
        return isRefused || turn / edges.Length / operators.Length % 2 == 0 ? $"({edge} {op} {Of(type, depth)})" : $"({Of(type, depth)} {op} {edge})";
    }

    /// <summary>An integer operator with an edge constant on one side.</summary>
    private string Edged(string type, int depth)
    {
        if (_random.Next(4) > 0)
            return WithEdge(type, Arithmetic, depth);
        string op = Pick("<<", ">>", ">>>");
        return _random.Next(2) == 0 ? $"({Pick(EdgeConstants.Of(type)!)} {op} {Of("int", depth)})" : $"({Of(type, depth)} {op} {Pick(EdgeConstants.Counts)})";
    }

    private string Unsigned(string type, string[] operands, int depth) => _random.Next(6) switch
    {
        4 or 5 => Edged(type, depth),
        0 => $"~({Of(type, depth)})",
        1 => $"({Of(type, depth)} {Pick("<<", ">>", ">>>")} {Count(depth)})",
        _ => Binary([type], operands, depth),
    };

    private string Binary(string[] left, string[] right, int depth, bool literal = true) =>
        $"({Of(Pick(left), depth)} {Pick(Arithmetic)} {(literal && _random.Next(4) == 0 ? Pick(Literals) : Of(Pick(right), depth))})";

    private string Count(int depth) => _random.Next(2) == 0 ? Pick(Literals) : Of("int", depth);

    /// <summary>Any call that gives a type, or null where none does. An argument in four is an edge constant.</summary>
    private string? Call(string type, int depth)
    {
        string[] calls =
            [.. from c in FunctionCalls.All where c.Result == type && (_float || !c.Text.Contains("float", StringComparison.Ordinal)) select c.Text];
        return calls.Length == 0
            ? null
            : FunctionCalls.Fill(
                Pick(calls),
                (argument, mayBeConstant) =>
                    mayBeConstant && EdgeConstants.Of(argument) is { } edges && _random.Next(4) == 0 ? Pick(edges) : Of(argument, depth));
    }
}
