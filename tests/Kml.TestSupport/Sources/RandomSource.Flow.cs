using System;
using System.Collections.Generic;
using System.Text;

namespace Kml.TestSupport;

/// <content>Loops, switches and patterns.</content>
public sealed partial class RandomSource
{
    private int _loops;

    private void Loop(StringBuilder text, string local, int depth, bool mayReturn)
    {
        var sight = Sight();
        _loops++;
        int turns = _random.Next(1, 6);
        switch (_random.Next(8))
        {
            case 0 when _arrays.Count > 0:
                (string array, string element, int length, bool isWritable, _) = PickOne(_arrays);
                bool isRef = isWritable && _random.Next(2) == 0;
                text.AppendLine($"foreach ({(isRef ? "ref " : string.Empty)}{element} {local} in {array})").AppendLine("{");
                if (IsStruct(element))
                    AddStruct(local, element, isRef);
                else
                    _names.Add((local, element, isRef));
                break;
            case 1:
                text.AppendLine($"uint {local} = {Of("uint", 2)};").AppendLine($"while ({local} {Pick("> 0", "!= 0")})").AppendLine("{");
                text.AppendLine(Pick($"{local} &= {local} - 1;", $"{local} >>= 7;", $"{local} /= 100;"));
                _names.Add((local, "uint", false));
                break;
            case 2:
                text.AppendLine($"int {local} = {Of("int", 1)} & 7;").AppendLine($"while ({local}-- > 0)").AppendLine("{");
                _names.Add((local, "int", false));
                break;
            case 3:
                text.AppendLine($"int {local} = 0;").AppendLine($"while ({Of("bool", 1)})").AppendLine("{");
                text.AppendLine($"if ({local} >= {turns}) break;").AppendLine($"{local}++;");
                _names.Add((local, "int", false));
                break;
            case 4:
                text.AppendLine($"int {local} = 0;").AppendLine("do").AppendLine("{").AppendLine($"{local}++;");
                _names.Add((local, "int", false));
                Block(text, depth + 1, mayReturn);
                Leave(text);
                text.AppendLine($"}} while ({local} < {turns}{Pick(string.Empty, $" && {Leaf("bool")}")});");
                End(sight);
                return;
            case 5:
                text.AppendLine($"for (int {local} = {turns + 2}; {local} > 0; {local} -= {_random.Next(1, 3)})").AppendLine("{");
                _names.Add((local, "int", false));
                break;
            default:
                text.AppendLine($"for (int {local} = 0; {local} < {turns}; {local}++)").AppendLine("{");
                _names.Add((local, "int", false));
                _counters.Add((local, turns));
                break;
        }

        Leave(text);
        Block(text, depth + 1, mayReturn);
        Leave(text);
        text.AppendLine("}");
        End(sight);
    }

    private void End((int Names, int Arrays, int Structs, int Counters, int References) sight)
    {
        _loops--;
        Forget(sight);
    }

    private void Leave(StringBuilder text)
    {
        if (_loops > 0 && _random.Next(3) == 0)
            text.AppendLine($"if ({Of("bool", 2)}) {Pick("break", "continue")};");
    }

    private void Switch(StringBuilder text, int depth, bool mayReturn)
    {
        string type = Pick([.. Integers, "Color", "tuple", "Pair"]);
        text.AppendLine($"switch ({Subject(type)})").AppendLine("{");
        List<string> heads = Heads(type);
        bool hasDefault = _random.Next(3) > 0;
        for (int i = 0; i < heads.Count + (hasDefault ? 1 : 0); i++)
        {
            text.AppendLine(i < heads.Count ? $"case {heads[i]}:" : "default:").AppendLine("{");
            var sight = Sight();
            Block(text, depth + 1, mayReturn);
            Forget(sight);
            text.AppendLine(_loops > 0 && _random.Next(8) == 0 ? "continue;" : "break;").AppendLine("}");
        }

        text.AppendLine("}");
    }

    private string Subject(string type) => type switch
    {
        "tuple" => $"({Of("int", 2)}, {Of("byte", 1)})",
        "Pair" => PairOf(1),
        _ => Of(type, 3),
    };

    // None of them hides one behind it, which C# refuses.
    private List<string> Heads(string type)
    {
        string Guard() => _random.Next(3) == 0 ? $" when {Of("bool", 2)}" : string.Empty;
        List<string> heads = type switch
        {
            "Color" => ["Color.Red" + Guard(), "Color.Green or Color.Blue"],
            "tuple" => ["(1, > 3)", $"(> 3 and var {Fresh("z")}, 7 or 31)" + Guard(), "(< 0, _)", "(_, 0)"],
            "Pair" => ["{ Low: > 3, Tag: 1 or 2 }", "{ Low: < 0 }" + Guard(), $"{{ Tag: not 0, High: var {Fresh("z")} }} when {Of("bool", 1)}"],
            _ => ["1", Pick("2 or 3", "7"), "31" + Guard(), "> 40 and < 64" + Guard(), ">= 64 and <= 100", "> 100" + Guard()],
        };
        return heads.FindAll(_ => _random.Next(4) > (_isSmall ? 1 : 0));
    }

    /// <summary>A switch expression. One in four has no arm for the rest.</summary>
    private string Choice(string type, int depth)
    {
        string subject = Pick([.. Integers, "Color", "tuple", "Pair"]);
        string value = Subject(subject);
        List<string> arms = Heads(subject).ConvertAll(h => $"{h} => ({type})({Of(type, depth)})");
        if (arms.Count == 0 || _random.Next(4) > 0)
            arms.Add($"_ => ({type})({Of(type, depth)})");
        return $"({value} switch {{ {string.Join(", ", arms)} }})";
    }

    private string Is(int depth)
    {
        string type = Pick([.. Integers, "Color", "tuple", "Pair", .. _float ? ["float"] : Array.Empty<string>()]);
        return type switch
        {
            "tuple" => $"(({Of("uint", depth)}, {Of("short", depth)}) is ({Pattern("uint")}, {Pattern("short")}))",
            "Pair" => $"({PairOf(0)} is {{ Low: {Pattern("int")}, Tag: {Pattern("byte")} }})",
            _ => Named(type, depth),
        };
    }

    private string Named(string type, int depth)
    {
        string name = Fresh("z");
        return _random.Next(3) == 0
            ? $"({Of(type, depth)} is ({Pattern(type)}) and var {name} && {name} {Pick("!=", "==")} {Of(type, depth)})"
            : $"({Of(type, depth)} is {Pattern(type)})";
    }

    private string Pattern(string type) => type switch
    {
        "Color" => Pick("Color.Red", "Color.Red or Color.Blue", "not Color.Green"),
        "float" => Pick("0.5f", "> 0.5f", "float.NaN", "not 1f", "< -1f or > 3f", ">= 0f and <= 65536f"),
        _ => Pick("7", "> 3", "<= 100", "1 or 2 or 31", "> 3 and < 100", "not 5", "(> 3 and <= 60) or 100", "not (1 or 2)"),
    };
}
