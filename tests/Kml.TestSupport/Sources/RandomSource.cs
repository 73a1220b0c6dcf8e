using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Kml.Model;

namespace Kml.TestSupport;

/// <summary>
/// Writes random bodies in C#, well typed by construction: an expression of a type is made from operands that C#'s own rules bring to it.
/// No expression is a constant, since the compiler refuses constants that overflow; but either operand may be, edge constants most of all,
/// and one of floats may be an expression of two, which the compiler folds.
/// </summary>
/// <param name="seed">What they follow from.</param>
/// <param name="isSmall">Whether most are small: a few statements, with few operators each.</param>
public sealed partial class RandomSource(int seed, bool isSmall = false)
{
    // One body in so many is as large as those of others are.
    private const int SmallInLarge = 40;

    private static readonly string[] Narrow = ["sbyte", "byte", "short", "ushort"];
    private static readonly string[] Integers = [.. Narrow, "int", "uint", "long", "ulong"];
    private static readonly string[] Arithmetic = ["+", "-", "*", "/", "%", "&", "|", "^"];
    private static readonly string[] OfFractions = ["+", "-", "*", "/", "%"];
    private static readonly string[] Relations = ["<", "<=", ">", ">=", "==", "!="];
    private static readonly string[] Literals = ["1", "2", "3", "7", "31", "63", "64", "100", "127"];
    private static readonly string[] Floats = ["0.5f", "1.5f", "3f", "65536f", "1e10f"];

    private readonly Random _random = new(seed);
    private readonly List<(string Name, string Type, bool IsWritable)> _names = [];
    private readonly Dictionary<string, uint> _turns = [];
    private bool _float;
    private bool _hasTables;
    private bool _isSmall;

    // What counts in a checked block may overflow, so that nothing shows that a loop there ends.
    private bool _isChecked;
    private string? _result;
    private IReadOnlyList<(string Method, string[] Types)> _levers = [];

    /// <summary>Writes the statements of a body.</summary>
    /// <param name="names">What it may read, and what of it it may write.</param>
    /// <param name="useFloat">Whether it may compute in floating point.</param>
    /// <param name="result">The type that it returns, or null.</param>
    /// <param name="features">The type of the features that it writes, or null.</param>
    /// <param name="featureCount">How many features it writes.</param>
    /// <param name="acts">The event <c>e</c> whose levers it may pull, or null.</param>
    /// <param name="places">Bring arrays and structs into its sight.</param>
    /// <param name="state">The state's parameter, or null.</param>
    /// <param name="isStateWritable">Whether it may write the state.</param>
    public string Body(
        IEnumerable<(string Name, string Type, bool IsWritable)> names, bool useFloat, string? result,
        string? features = null, int featureCount = 0, EventKind? acts = null, IEnumerable<Action>? places = null,
        string? state = null, bool isStateWritable = false)
    {
        See(names);
        _isSmall = isSmall && (places is not null || _random.Next(SmallInLarge) > 0);
        foreach (Action add in places ?? [])
            add();
        _writableState = isStateWritable ? state : null;
        if (state is not null)
            AddState(state, isStateWritable);
        if (features is not null)
            _arrays.Add(("x", features, featureCount, true, true));
        if (_hasTables)
            _arrays.AddRange([("Tools.Steps", "int", 4, false, true), ("Tools.Levels", "byte", 4, false, true)]);
        _float = useFloat;
        _result = result;
        _levers = acts is EventKind kind ? LeverCalls.At(kind) : [];
        StringBuilder text = new();
        // Features must all be written, so that their bodies may not return early.
        Block(text, depth: 0, mayReturn: features is null);
        for (int i = 0; i < featureCount; i++)
        {
            if (_random.Next(3) == 0)
                text.AppendLine($"if ({Of("bool", 2)}) {{ x[{i}] = {Of(features!, 3)}; }} else x[{i}] = {Of(features!, 2)};");
            else
                text.AppendLine($"x[{i}] = {Of(features!, 4)};");
        }

        if (result is not null)
            text.AppendLine($"return {Value(result, 4)};");
        return text.ToString();
    }

    /// <summary>Writes an expression over some names, which has no effects.</summary>
    public string Arrow(IEnumerable<(string Name, string Type, bool IsWritable)> names, string type)
    {
        See(names);
        _float = false;
        return Of(type, 3);
    }

    private void See(IEnumerable<(string Name, string Type, bool IsWritable)> names)
    {
        Forget(default);
        _loops = 0;
        _names.AddRange(names);
    }

    private void Block(StringBuilder text, int depth, bool mayReturn)
    {
        var sight = Sight();
        int count = _random.Next(1, _isSmall ? 3 : 5);
        int deepest = _isSmall ? 1 : 2;
        for (int i = 0; i < count; i++)
        {
            // Disjoint blocks use the same names, for variables of different types.
            string local = $"v{depth}{(char)('a' + i)}";
            switch (_random.Next(19))
            {
                case < 2:
                    Declare(text, local);
                    break;
                case 2 or 3:
                    DeclarePlace(text, local);
                    break;
                case 4 when depth < deepest && _loops < 2 && !_isChecked:
                    Loop(text, local, depth, mayReturn);
                    break;
                case 5 when depth < deepest:
                    Switch(text, depth, mayReturn);
                    break;
                case 6:
                    AssignPlace(text);
                    break;
                case 7 when CallOf("void", 2) is { } call:
                    text.AppendLine($"{call};");
                    break;
                case 8 when depth < deepest && !_isChecked && _random.Next(2) == 0:
                    text.AppendLine("checked").AppendLine("{");
                    _isChecked = true;
                    Block(text, depth + 1, mayReturn);
                    _isChecked = false;
                    text.AppendLine("}");
                    break;
                case 8:
                    text.AppendLine($"_ = {Effect(Any(), 2) ?? Of("int", 2)};");
                    break;
                case 9 when depth < deepest:
                    text.AppendLine($"if ({Of("bool", 3)})").AppendLine("{");
                    Block(text, depth + 1, mayReturn);
                    text.AppendLine("}");
                    if (_random.Next(2) == 0)
                    {
                        text.AppendLine("else").AppendLine("{");
                        Block(text, depth + 1, mayReturn);
                        text.AppendLine("}");
                    }

                    break;
                case 10 when mayReturn:
                    text.AppendLine($"if ({Of("bool", 2)}) return {(_result is null ? string.Empty : Value(_result, 2))};");
                    break;
                case 12:
                    Move(text);
                    break;
                case 13:
                    Whole(text);
                    break;
                case 14 when depth < deepest && (!_isSmall || _random.Next(2) == 0):
                    FallingSwitch(text);
                    break;
                case 11 when _levers.Count > 0:
                    (string method, string[] types) = PickOne(_levers);
                    text.AppendLine($"e.{method}({string.Join(", ", types.Select(t => Of(t, 1)))});");
                    break;
                default:
                    Assign(text);
                    break;
            }
        }

        Forget(sight);
    }

    private void Declare(StringBuilder text, string local)
    {
        string type = Any();
        text.AppendLine(_random.Next(6) switch
        {
            0 => $"var {local} = {Of(type, 3)};",
            1 => $"{type} {local}; if ({Of("bool", 2)}) {local} = {Of(type, 2)}; else {local} = {Of(type, 2)};",
            2 => $"{Wider(type)} {local} = {Of(type, 3)};",
            _ => $"{type} {local} = {Of(type, 4)};",
        });
        _names.Add((local, text.ToString().TrimEnd().Split('\n')[^1].StartsWith(Wider(type) + " ", StringComparison.Ordinal) ? Wider(type) : type, true));
    }

    // A type to which C# converts the given one by itself.
    private string Wider(string type) => type switch
    {
        "sbyte" => "short",
        "byte" => "ushort",
        "short" or "ushort" => "int",
        "int" or "uint" => "long",
        "long" or "ulong" when _float => "float",
        _ => type,
    };

    private void Assign(StringBuilder text)
    {
        List<(string Name, string Type, bool IsWritable)> targets = [.. _names.Where(n => n.IsWritable)];
        if (targets.Count == 0)
            return;
        (string name, string type, _) = PickOne(targets);
        bool integer = Integers.Contains(type);
        text.AppendLine(_random.Next(6) switch
        {
            0 when EdgeConstants.Of(type) is { } edges && _random.Next(4) == 0 => $"{name} {Pick("+", "-", "*")}= {Pick(edges)};",
            0 when integer => $"{name} {Pick(Arithmetic)}= {Of(type, 3)};",
            1 when integer => $"{name} {Pick("<<", ">>", ">>>")}= {Of("int", 2)};",
            2 when integer || type is "Color" or "float" => Pick($"{name}++;", $"--{name};"),
            3 when type is "float" or "Q16" => $"{name} {Pick(OfFractions)}= {Of(type, 3)};",
            3 when type is "bool" or "Color" => $"{name} {Pick("&", "|", "^")}= {Of(type, 3)};",
            4 when type is "Color" => $"{name} += (byte)({Of("int", 2)});",
            4 when type is "long" or "float" => $"{name} {Pick(OfFractions)}= {Of(Pick("int", "uint", "short"), 3)};",
            _ => $"{name} = {Of(type, 4)};",
        });
    }

    private T PickOne<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private string Pick(params string[] from) => from[_random.Next(from.Length)];
}
