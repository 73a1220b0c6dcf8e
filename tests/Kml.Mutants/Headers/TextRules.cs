using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Kml.Mutants.Headers;

/// <summary>A change of a text.</summary>
/// <param name="Rule">What it does.</param>
/// <param name="At">Where it begins.</param>
/// <param name="Length">How much it takes out.</param>
/// <param name="By">What it puts there.</param>
internal readonly record struct Change(string Rule, int At, int Length, string By);

/// <summary>The changes that are made to the functions of a header, each at every place that it fits.</summary>
internal static partial class TextRules
{
    private static readonly Dictionary<string, string[]> Binary = new()
    {
        ["+"] = ["-"], ["-"] = ["+"], ["*"] = ["+"], ["/"] = ["*"], ["%"] = ["/"], ["<<"] = [">>"], [">>"] = ["<<"], ["&"] = ["|"], ["|"] = ["&"],
        ["^"] = ["|"], ["<"] = ["<=", ">"], [">"] = [">=", "<"], ["<="] = ["<"], [">="] = [">"], ["=="] = ["!="], ["!="] = ["=="], ["&&"] = ["||"],
        ["||"] = ["&&"], ["+="] = ["-="], ["-="] = ["+="], ["<<="] = [">>="], [">>="] = ["<<="], ["|="] = ["&="], ["++"] = ["--"], ["--"] = ["++"],
    };

    // Before an operand: what is left out.
    private static readonly string[] Prefixes = ["-", "!", "~"];

    /// <summary>The changes of a function.</summary>
    /// <param name="text">Its definition.</param>
    /// <returns>The changes.</returns>
    public static IEnumerable<Change> Of(string text)
    {
        int body = text.IndexOf("\n{\n", StringComparison.Ordinal) + 3;
        return Tokens(text, body)
            .Concat(Casts(text, body))
            .Concat(Matches(text, body, Mask(), "a mask left out", m => m.Groups[1].Value))
            .Concat(Matches(text, body, Check(), "a check removed", _ => ""))
            .Concat(Matches(text, body, Test(), "a check turned around", m => $"if (!({m.Groups[1].Value}))"))
            .Concat(Matches(text, body, Store(), "a store removed", _ => ""))
            .Concat(Matches(text, body, Choice(), "a choice turned around", m => $"? {m.Groups[2].Value} : {m.Groups[1].Value}"))
            .Concat(Matches(text, body, Return(), "a result negated", m => $"return -({m.Groups[1].Value});"));
    }

    private static IEnumerable<Change> Tokens(string text, int body)
    {
        string before = "";
        foreach (Match token in Token().Matches(text, body))
        {
            string word = token.Value;
            foreach ((string rule, string by) in Instead(word, before))
            {
                if (by != word + "=" || !IsOfEither(text, token.Index))
                    yield return new(rule, token.Index, token.Length, by);
            }

            before = word.StartsWith("/*", StringComparison.Ordinal) ? before : word;
        }
    }

    // `a < b ? a : b`: where they are equal, either is right.
    private static bool IsOfEither(string text, int at) => Either().IsMatch(text[(text.LastIndexOfAny(['\n', ':'], at) + 1)..]);

    private static IEnumerable<(string Rule, string By)> Instead(string word, string before)
    {
        bool isBehindOperand = before.Length > 0 && (char.IsLetterOrDigit(before[^1]) || before[^1] is '_' or ')' or ']') && before != "return";
        if (isBehindOperand && Binary.TryGetValue(word, out string[]? others))
            return others.Select(o => ($"{word} -> {o}", o));
        if (!isBehindOperand && Prefixes.Contains(word))
            return [($"{word} left out", "")];
        if (word.EndsWith('f') && word.Contains('.', StringComparison.Ordinal))
        {
            float next = MathF.BitIncrement(float.Parse(word[..^1], CultureInfo.InvariantCulture));
            return [("a float taken one up", $"({next.ToString("E9", CultureInfo.InvariantCulture)}f)")];
        }

        if (char.IsDigit(word[0]))
            return Numbers(word);
        if (word.StartsWith("KML_FAULT_", StringComparison.Ordinal))
            return [("another fault", "KML_FAULT_MATCH")];
        return Neighbours.Of(word).Concat(Neighbours.OtherSign(word) is { } sign && word.StartsWith("kml_quotient", StringComparison.Ordinal) ? [sign] : [])
            .Where(n => n[0] is '_' or '!' or '-' || HeaderFunction.All.Any(f => f.Name == n))
            .Select(n => ("another function called", n));
    }

    private static IEnumerable<(string Rule, string By)> Numbers(string word)
    {
        string digits = word.TrimEnd('u', 'U', 'l', 'L'), suffix = word[digits.Length..];
        bool isHexadecimal = digits.StartsWith("0x", StringComparison.Ordinal);
        ulong value = isHexadecimal
            ? ulong.Parse(digits.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : ulong.Parse(digits, CultureInfo.InvariantCulture);
        if (value < ulong.MaxValue)
            yield return ("a number plus 1", Written(value + 1));
        if (value > 0)
            yield return ("a number minus 1", Written(value - 1));

        string Written(ulong number) =>
            (isHexadecimal ? "0x" + number.ToString("x", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture)) + suffix;
    }

    // Of one cast alone of two operands nothing would follow: the other one's type is that of both.
    private static IEnumerable<Change> Casts(string text, int body) =>
        from Match line in Line().Matches(text, body)
        from casts in Cast().Matches(line.Value).GroupBy(c => c.Value)
        select new Change("casts left out", line.Index, line.Length, Cast().Replace(line.Value, c => c.Value == casts.Key ? "" : c.Value));

    private static IEnumerable<Change> Matches(string text, int body, Regex pattern, string rule, Func<Match, string> by) =>
        pattern.Matches(text, body).Select(m => new Change(rule, m.Index, m.Length, by(m)));

    [GeneratedRegex(
        @"/\*.*?\*/|[A-Za-z_]\w*|\d+\.\d+(?:e[-+]?\d+)?f|0x[\da-fA-F]+[uUlL]*|\d+[uUlL]*|<<=|>>=|<<|>>|\+\+|--|&&|\|\||->|[-+*/%&|^<>=!]=|\S",
        RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex(@"^(?:\treturn)? (\w+) [<>] (\w+) \? (?:\1 : \2|\2 : \1)(?:;| [<>])")]
    private static partial Regex Either();

    [GeneratedRegex("^.+$", RegexOptions.Multiline)]
    private static partial Regex Line();

    // Behind a return and `=`, and as an argument, C converts by itself.
    [GeneratedRegex(@"(?<=[^\w])(?<!return |= |\w\()\((?:kml_\w+|float)\)(?=[\w(-])")]
    private static partial Regex Cast();

    [GeneratedRegex(@"\((-?(?:\(kml_u32\))?\w+) & (?:0x[\da-f]+|\d+)\)")]
    private static partial Regex Mask();

    [GeneratedRegex(@"^\tif \(.*\)(?: \{\n(?:\t\t.*\n)+\t\}\n|\n\t\t.*\n)", RegexOptions.Multiline)]
    private static partial Regex Check();

    [GeneratedRegex(@"\bif \((.*)\)(?=(?: \{)?\n)")]
    private static partial Regex Test();

    [GeneratedRegex(@"^\t+[\w*]+ (?:[-+*/|&^]|<<|>>)?= [^;\n]*;\n", RegexOptions.Multiline)]
    private static partial Regex Store();

    [GeneratedRegex(@"\? ((?:[^?:;()]|\([^()]*\))+) : ((?:[^?:;()]|\([^()]*\))+)(?=[;)])")]
    private static partial Regex Choice();

    [GeneratedRegex(@"\breturn (?!0;|0\.0f;)([^;]+);")]
    private static partial Regex Return();
}
