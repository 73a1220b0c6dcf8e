using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Kml.TestSupport;

/// <content>Arrays, structs and references.</content>
public sealed partial class RandomSource
{
    private static readonly (string Name, string Type)[] PairMembers = [("Low", "int"), ("High", "ulong"), ("Tag", "byte")];

    private readonly List<(string Text, string Element, int Length, bool IsWritable, bool IsSpan)> _arrays = [];
    private readonly List<(string Text, string Type, bool IsWritable)> _structs = [];
    private readonly List<(string Name, int Bound)> _counters = [];
    private readonly List<(string Name, string Type)> _references = [];
    private int _fresh;

    /// <summary>Lets the next bodies see what has a place in the state.</summary>
    private void AddState(string state, bool isWritable)
    {
        _arrays.Add(($"{state}.Recent", "uint", 5, isWritable, false));
        _arrays.Add(($"{state}.Slots", "Pair", 3, isWritable, false));
        _arrays.Add(($"{state}.Past.Values", "short", 4, isWritable, false));
        _arrays.Add(($"{state}.Grid[1]", "short", 4, isWritable, false));
        _arrays.Add(($"{state}.Grid[{state}.Level & 1]", "short", 4, isWritable, false));
        _arrays.Add(($"{state}.Pasts[0].Values", "short", 4, isWritable, false));
        _names.Add(($"{state}.Past.Count", "int", isWritable));
        _names.Add(($"{state}.Pasts[1].Count", "int", isWritable));
        AddStruct($"{state}.Inner", "Pair", isWritable);
    }

    private void AddStruct(string text, string type, bool isWritable)
    {
        _structs.Add((text, type, isWritable));
        if (type == "Pair")
            _names.AddRange(PairMembers.Select(m => ($"{text}.{m.Name}", m.Type, isWritable)));
        else
            _names.AddRange([($"{text}.X", "int", false), ($"{text}.Y", "uint", false)]);
    }

    private string Fresh(string stem) => $"{stem}{_fresh++}";

    private static bool IsStruct(string type) => type is "Pair" or "Point";

    /// <summary>A value of any type that a function may return.</summary>
    private string Value(string type, int depth) => type switch
    {
        "Pair" => PairOf(depth),
        "Point" => PointOf(depth),
        "(int, uint)" => $"({Of("int", depth)}, {Of("uint", depth)})",
        _ => Of(type, depth),
    };

    private string PairOf(int depth)
    {
        string[] known = [.. _structs.Where(s => s.Type == "Pair").Select(s => s.Text)];
        string made = $"new Pair {{ Low = {Of("int", depth)}, High = {Of("ulong", depth)} }}";
        return _random.Next(7) switch
        {
            < 2 when known.Length > 0 => Pick(known),
            2 when PlaceOf("Pair", depth, mustWrite: false) is { } element => element,
            3 when known.Length > 0 => $"({Pick(known)} with {{ Low = {Of("int", depth)} }})",
            4 when depth > 0 => $"({Of("bool", depth - 1)} ? {PairOf(depth - 1)} : {PairOf(depth - 1)})",
            5 when CallOf("Pair", depth - 1) is { } call => call,
            _ => made,
        };
    }

    private string PointOf(int depth)
    {
        string[] known = [.. _structs.Where(s => s.Type == "Point").Select(s => s.Text)];
        return _random.Next(4) switch
        {
            0 when known.Length > 0 => Pick(known),
            1 when known.Length > 0 => $"({Pick(known)} with {{ Y = {Of("uint", depth)} }})",
            2 when CallOf("Point", depth - 1) is { } call => call,
            _ => $"new Point({Of("int", depth)}, {Of("uint", depth)})",
        };
    }

    /// <summary>A place of a type, or null: a name, or an element of an array.</summary>
    private string? PlaceOf(string type, int depth, bool mustWrite)
    {
        List<Func<string>> places = [.. _names.Where(n => n.Type == type && (n.IsWritable || !mustWrite)).Select(n => new Func<string>(() => n.Name))];
        if (IsStruct(type))
            places.AddRange(_structs.Where(s => s.Type == type && (s.IsWritable || !mustWrite)).Select(s => new Func<string>(() => s.Text)));
        foreach ((string text, string element, int length, bool isWritable, _) in _arrays.Where(a => a.IsWritable || !mustWrite))
        {
            if (element == type)
                places.Add(() => $"{text}[{Index(length, depth)}]");
            else if (element == "Pair" && PairMembers.Any(m => m.Type == type))
                places.Add(() => $"{text}[{Index(length, depth)}].{PairMembers.First(m => m.Type == type).Name}");
        }

        return places.Count == 0 ? null : PickOne(places)();
    }

    // Mostly within the array, in ways of which some can be proved, and now and then outside of it.
    private string Index(int length, int depth)
    {
        string[] counters = [.. _counters.Where(c => c.Bound <= length).Select(c => c.Name)];
        int mask = length >= 8 ? 7 : length >= 4 ? 3 : length >= 2 ? 1 : 0;
        return _random.Next(12) switch
        {
            < 3 when counters.Length > 0 => Pick(counters),
            3 => $"^{_random.Next(1, length + 1)}",
            4 or 5 => $"(int)({Of("uint", Math.Min(depth, 1) - 1)} % {length}u)",
            6 => $"{Of("byte", Math.Min(depth, 1) - 1)} % {length}",
            7 or 8 => $"({Of("int", Math.Min(depth, 2) - 1)} & {mask})",
            9 when _random.Next(4) == 0 => $"(int)({Of("uint", 0)} % {length + 1}u)",
            _ => _random.Next(length).ToString((IFormatProvider?)null),
        };
    }

    /// <summary>An expression that changes something beside its value, or null.</summary>
    private string? Effect(string type, int depth)
    {
        if (PlaceOf(type, depth, mustWrite: true) is not { } place)
            return null;
        bool isInteger = Integers.Contains(type);
        return _random.Next(5) switch
        {
            0 when isInteger || type is "float" or "Color" => Pick($"({place}++)", $"(--{place})", $"({place}--)", $"(++{place})"),
            1 when isInteger => $"({place} {Pick(Arithmetic)}= {Of(type, depth)})",
            2 when isInteger => $"({place} {Pick("<<", ">>", ">>>")}= {Count(depth)})",
            3 when type is "float" or "Q16" => $"({place} {Pick(OfFractions)}= {Of(type, depth)})",
            3 when type is "bool" or "Color" => $"({place} {Pick("&", "|", "^")}= {Of(type, depth)})",
            _ => $"({place} = {Of(type, depth)})",
        };
    }

    private void DeclarePlace(StringBuilder text, string local)
    {
        switch (_random.Next(7))
        {
            case 0:
                string type = Pick("int", "uint", "short", "byte", "ulong");
                if (PlaceOf(type, 2, mustWrite: true) is not { } place)
                    break;
                string other = PlaceOf(type, 1, mustWrite: true)!;
                text.AppendLine($"ref {type} {local} = ref {(_random.Next(3) == 0 ? $"({Of("bool", 2)} ? ref {place} : ref {other})" : place)};");
                _names.Add((local, type, true));
                _references.Add((local, type));
                if (_random.Next(2) == 0)
                    Mix(text, type, local, Pick(place, other));
                break;
            case 1:
                text.AppendLine($"Pair {local} = {PairOf(2)};");
                AddStruct(local, "Pair", isWritable: true);
                break;
            case 2:
                text.AppendLine($"Point {local} = {PointOf(2)};");
                AddStruct(local, "Point", isWritable: true);
                break;
            case 3:
                text.AppendLine($"var ({local}, {local}y) = {Pick(Value("(int, uint)", 2), CallOf("(int, uint)", 2) ?? PointOf(2))};");
                _names.AddRange([(local, "int", true), ($"{local}y", "uint", true)]);
                break;
            case 4 when _loops == 0:
                string element = Pick("int", "uint", "short");
                text.AppendLine($"Span<{element}> {local} = stackalloc {element}[4]{Pick(string.Empty, $" {{ {Of(element, 1)}, 0, {Of(element, 1)}, 7 }}")};");
                _arrays.Add((local, element, 4, true, true));
                break;
            case 5 when _arrays.Any(a => a.IsWritable && !IsStruct(a.Element)):
                (string array, string item, int length, _, _) = PickOne([.. _arrays.Where(a => a.IsWritable && !IsStruct(a.Element))]);
                text.AppendLine($"Span<{item}> {local} = {array};");
                text.AppendLine($"{local}{Pick("[1..]", "[..2]", $"[1..{length - 1}]")}.{Pick("Clear()", $"Fill({Of(item, 1)})", $"CopyTo({local})")};");
                if (_random.Next(2) == 0)
                    text.AppendLine($"{local}[..{length - 1}].CopyTo({local}{Pick(string.Empty, "[1..]", $".Slice(1, {length - 1})")});");
                _arrays.Add((local, item, length, true, true));
                break;
            case 6 when _structs.Any(s => s.IsWritable && s.Type == "Pair"):
                string pair = PickOne([.. _structs.Where(s => s.IsWritable && s.Type == "Pair")]).Text;
                text.AppendLine($"ref Pair {local} = ref {pair};");
                AddStruct(local, "Pair", isWritable: true);
                if (_random.Next(2) == 0)
                    MixPairs(text, Pick(local, pair), Pick(pair, local));
                break;
        }
    }

    private void AssignPlace(StringBuilder text)
    {
        string type = Pick("Pair", "Point", "int", "uint", "short", "byte");
        if (PlaceOf(type, 2, mustWrite: true) is not { } place)
            return;
        string? second = PlaceOf(type, 2, mustWrite: true);
        text.AppendLine(_random.Next(4) switch
        {
            0 when !IsStruct(type) => $"({place}, {second}) = ({Value(type, 2)}, {Value(type, 2)});",
            1 => $"({place}, {second}) = ({second}, {place});",
            2 when type == "Pair" => $"{place} = default;",
            _ => $"{place} = {Value(type, 3)};",
        });
    }

    /// <summary>What is in sight, to be forgotten at the end of a block.</summary>
    private (int Names, int Arrays, int Structs, int Counters, int References) Sight() =>
        (_names.Count, _arrays.Count, _structs.Count, _counters.Count, _references.Count);

    private void Forget((int Names, int Arrays, int Structs, int Counters, int References) before)
    {
        _references.RemoveRange(before.References, _references.Count - before.References);
        _names.RemoveRange(before.Names, _names.Count - before.Names);
        _arrays.RemoveRange(before.Arrays, _arrays.Count - before.Arrays);
        _structs.RemoveRange(before.Structs, _structs.Count - before.Structs);
        _counters.RemoveRange(before.Counters, _counters.Count - before.Counters);
    }
}
