using System.Linq;
using System.Text;

namespace Kml.TestSupport;

/// <content>Two names for one place, and places as wholes.</content>
public sealed partial class RandomSource
{
    // What may be written as a whole, in a state that may be.
    private static readonly string[] Wholes =
    [
        "{0}.Recent = default;", "{0}.Slots[{1}] = {0}.Slots[{2}];", "({0}.Slots[{1}], {0}.Slots[{2}]) = ({0}.Slots[{2}], {0}.Slots[{1}]);",
        "{0}.Grid[{1}] = {0}.Grid[{2}];", "{0}.Pasts[{1}] = {0}.Past;", "{0}.Past = {0}.Pasts[{1}];", "{0}.Past.Values = {0}.Grid[{1}];",
        "{0}.Grid[{1}] = {0}.Pasts[{2}].Values;", "{0}.Inner = {0}.Slots[{1}] with {{ Tag = {0}.Level }};",
        "{0}.Pasts[{1}] = {0}.Pasts[{2}] with {{ Count = {0}.Balance }};",
        "Past {3} = {0}.Past; {3}.Values[{1}] = {0}.Small; {0}.Pasts[{2}] = {3};", "Grid {3} = {0}.Grid; {0}.Grid[{1}] = {3}[{2}]; {0}.Small += {3}[{1}][3];",
    ];

    private string? _writableState;

    /// <summary>Writes through a name and reads through another, where the two may be one place.</summary>
    private void Mix(StringBuilder text, string type, string one, string other)
    {
        string op = Pick("+", "-", "*", "&", "|", "^");
        text.AppendLine(_random.Next(7) switch
        {
            0 => $"{one} {op}= {other};",
            1 => $"{other} = ({type})({one} {op} ({other} = {Of(type, 1)}));",
            2 => $"({one}, {other}) = ({other}, {Of(type, 1)});",
            3 => $"{one} = ({type})({other}++ {op} {one});",
            4 => $"{other} = ({type})(({one} {op}= {Of(type, 1)}) {op} {other});",
            5 => $"if ({one} == {other}) {{ {one}++; }} else {{ {other} -= {one}; }}",
            _ => $"{one} = {other} = ({type})(--{one});",
        });
    }

    /// <summary>Writes a struct through a name and its members through another.</summary>
    private void MixPairs(StringBuilder text, string one, string other)
    {
        text.AppendLine(_random.Next(6) switch
        {
            0 => $"{one} = {other} with {{ Low = (int)({one}.High = {Of("ulong", 1)}) }};",
            1 => $"{one} = new Pair {{ Low = {other}.Tag, High = {other}.High, Tag = (byte){other}.Low }};",
            2 => $"({one}.Low, {other}.Tag) = ((int){other}.Tag, (byte){one}.Low);",
            3 => $"({other}, {one}.Low) = ({PairOf(1)}, {Of("int", 1)});",
            4 => $"{other}.High += {one}.Take((uint)({other}.Low++));",
            _ => $"{one} = {(_random.Next(2) == 0 ? $"({Of("bool", 1)} ? {other} : {PairOf(0)})" : PairOf(1))};",
        });
    }

    /// <summary>Lets a reference stand for another place: one of the state's, which outlives every name.</summary>
    private void Move(StringBuilder text)
    {
        if (_writableState is null || _references.Count == 0)
            return;
        (string name, string type) = PickOne(_references);
        string prefix = _writableState + ".";
        string?[] places = [.. Enumerable.Range(0, 4).Select(_ => PlaceOf(type, 1, mustWrite: true))];
        if (places.FirstOrDefault(p => p!.StartsWith(prefix, System.StringComparison.Ordinal)) is not { } place)
            return;
        text.AppendLine($"{name} = ref {place};");
        Mix(text, type, name, place);
    }

    /// <summary>Writes an array, an element that is an array or a struct, or what has one.</summary>
    private void Whole(StringBuilder text)
    {
        if (_writableState is null)
            return;
        string Small() => _random.Next(3) == 0 ? $"({Of("int", 0)} & 1)" : Pick("0", "1");
        text.AppendLine(string.Format(null, Pick(Wholes), _writableState, Small(), Small(), Fresh("w")));
    }

    /// <summary>A switch whose sections go on to the next.</summary>
    private void FallingSwitch(StringBuilder text)
    {
        string type = Pick("int", "byte", "uint", "long");
        text.AppendLine($"switch ({Of(type, 1)})").AppendLine("{");
        for (int i = 1; i <= 3; i++)
        {
            text.AppendLine(i == 2 ? "case 2: case 7:" : $"case {i}:").AppendLine("{");
            Assign(text);
            text.AppendLine(i < 3 && _random.Next(3) > 0 ? $"goto case {i + 1};" : i == 3 && _random.Next(2) == 0 ? "goto default;" : "break;").AppendLine("}");
        }

        text.AppendLine("default:").AppendLine("{");
        Assign(text);
        text.AppendLine("break;").AppendLine("}").AppendLine("}");
    }
}
