using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Generators.Tests.Translation;

/// <content>Expressions.</content>
internal sealed partial class RandomSource
{
    private string Any() => _random.Next(_float ? 9 : 7) switch
    {
        < 4 => Pick(Integers),
        4 => "bool",
        5 => "Q16",
        6 => "Color",
        _ => "float",
    };

    private string Of(string type, int depth) => depth <= 0 ? Leaf(type) : _random.Next(8) switch
    {
        0 => Leaf(type),
        1 => $"({Of("bool", depth - 1)} ? {Of(type, depth - 1)} : {Of(type, depth - 1)})",
        2 when type != "bool" => Cast(type, depth - 1),
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
        switch (type)
        {
            case "bool":
                string operands = Pick([.. Integers, "Color", "Q16", .. _float ? ["float", "float"] : Array.Empty<string>()]);
                return _random.Next(7) switch
                {
                    0 => $"!{Of("bool", depth)}",
                    1 => $"({Of("bool", depth)} {Pick("&&", "||", "&", "|", "^", "==", "!=")} {Of("bool", depth)})",
                    2 => $"({Of("uint", depth)} {Pick(Relations)} {Of(Pick("int", "sbyte", "uint", "byte"), depth)})",
                    3 => $"({Of("byte", depth)} {Pick(Relations)} {Of("short", depth)})",
                    4 when EdgeConstants.Of(operands) is { } edges => WithEdge(Of(operands, depth), Pick(Relations), Pick(edges)),
                    _ => $"({Of(operands, depth)} {Pick(Relations)} {Of(operands, depth)})",
                };
            case "int":
                return _random.Next(7) switch
                {
                    6 => Edged(type, depth),
                    0 => $"{Pick("-", "~", "+")}({Of(Pick([.. Narrow, "int"]), depth)})",
                    1 => $"({Of(Pick([.. Narrow, "int"]), depth)} {Pick("<<", ">>", ">>>")} {Count(depth)})",
                    2 => $"Math.Sign({Of(Pick("int", "long"), depth)})",
                    3 => Function("int", depth, signed: true),
                    _ => Binary([.. Narrow, "int"], [.. Narrow, "int"], depth),
                };
            case "uint":
                return Unsigned("uint", ["uint", "byte", "ushort"], depth);
            case "ulong":
                return Unsigned("ulong", ["ulong", "uint", "byte", "ushort"], depth);
            case "long":
                return _random.Next(7) switch
                {
                    6 => Edged(type, depth),
                    0 => $"-({Of(Pick("uint", "long"), depth)})",
                    1 => $"({Of("long", depth)} {Pick("<<", ">>", ">>>")} {Count(depth)})",
                    2 => Function("long", depth, signed: true),
                    3 => Binary(["uint"], ["int", "sbyte", "short"], depth, literal: false),
                    _ => Binary(["long"], ["long", "int", "uint", .. Narrow], depth),
                };
            case "float":
                return _random.Next(8) switch
                {
                    0 => $"-({Of("float", depth)})",
                    1 => $"Math{Pick(string.Empty, "F")}.{Pick("Min", "Max")}({Of("float", depth)}, {Of("float", depth)})",
                    5 => WithEdge(Of(Pick(["float", .. Integers]), depth), Pick(OfFractions), Pick(EdgeConstants.Floats)),
                    6 => WithEdge(Of("float", depth), Pick(OfFractions), $"({Pick(EdgeConstants.Floats)} {Pick(OfFractions)} {Pick(EdgeConstants.Floats)})"),
                    7 => Pick(
                        $"Math.{Pick("Min", "Max")}({Pick(EdgeConstants.Floats)}, {Of("float", depth)})",
                        $"MathF.{Pick("Min", "Max")}({Of("float", depth)}, {Pick(EdgeConstants.Floats)})"),
                    2 => $"Math.Clamp({Of("float", depth)}, {Pick(Floats)}, {Of("float", depth)})",
                    _ => $"({Of("float", depth)} {Pick(OfFractions)} {(_random.Next(3) == 0 ? Pick(Floats) : Of(Pick(["float", .. Integers]), depth))})",
                };
            case "Q16":
                return _random.Next(6) switch
                {
                    5 => WithEdge(Of("Q16", depth), Pick(OfFractions), Pick(EdgeConstants.Fixed)),
                    0 => $"-({Of("Q16", depth)})",
                    1 => $"Q16.{Pick("Min", "Max")}({Of("Q16", depth)}, {Pick("Q16.One", "Q16.MaxValue", "(Q16)0.5f", "(Q16)(-3)", "Q16.FromRaw(7)")})",
                    2 => $"Q16.Abs({Of("Q16", depth)})",
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

    /// <summary>An integer operator with an edge constant on one side; a constant that C# refuses to divide by is on no right side.</summary>
    private string Edged(string type, int depth)
    {
        string op = Pick([.. Arithmetic, "<<", ">>", ">>>"]);
        string edge = Pick(EdgeConstants.Of(type)!);
        if (op is "<<" or ">>" or ">>>")
            return _random.Next(2) == 0 ? $"({edge} {op} {Of("int", depth)})" : $"({Of(type, depth)} {op} {Pick(EdgeConstants.Counts)})";
        return op is "/" or "%" && edge.StartsWith('0') && !edge.StartsWith("0x", StringComparison.Ordinal)
            ? $"({edge} {op} {Of(type, depth)})"
            : WithEdge(Of(type, depth), op, edge);
    }

    private string Unsigned(string type, string[] operands, int depth) => _random.Next(7) switch
    {
        6 => Edged(type, depth),
        0 => $"~({Of(type, depth)})",
        1 => $"({Of(type, depth)} {Pick("<<", ">>", ">>>")} {Count(depth)})",
        2 => Function(type, depth, signed: false),
        _ => Binary([type], operands, depth),
    };

    private string Binary(string[] left, string[] right, int depth, bool literal = true) =>
        $"({Of(Pick(left), depth)} {Pick(Arithmetic)} {(literal && _random.Next(4) == 0 ? Pick(Literals) : Of(Pick(right), depth))})";

    private string Count(int depth) => _random.Next(2) == 0 ? Pick(Literals) : Of("int", depth);

    private string Function(string type, int depth, bool signed) => _random.Next(signed ? 4 : 3) switch
    {
        0 => $"Math.Min({Of(type, depth)}, {Of(type, depth)})",
        1 => $"Math.Max({Of(type, depth)}, {Pick(Literals)})",
        2 => $"Math.Clamp({Of(type, depth)}, {Of(type, depth)}, {Of(type, depth)})",
        _ => $"Math.Abs({Of(type, depth)})",
    };
}
