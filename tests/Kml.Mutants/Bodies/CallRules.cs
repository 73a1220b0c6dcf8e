using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Mutants.Headers;

namespace Kml.Mutants.Bodies;

/// <summary>The mutations of calls: of the functions of the headers by their names.</summary>
internal static class CallRules
{
    private static readonly HashSet<string> Helpers = [.. HeaderFunction.All.Select(f => f.Name).Where(n => n != "kml_clear")];

    // By the word that says what is done.
    private static readonly Dictionary<string, COperator> Plain = new()
    {
        ["add"] = COperator.Add, ["sub"] = COperator.Subtract, ["mul"] = COperator.Multiply, ["shl"] = COperator.ShiftLeft, ["shr"] = COperator.ShiftRight,
        ["div"] = COperator.Divide, ["quotient"] = COperator.Divide, ["rem"] = COperator.Remainder,
    };

    private static readonly string[] Commutative =
        ["kml_add", "kml_mul", "kml_q16_add", "kml_q16_mul", "kml_min", "kml_max", "kml_q16_min", "kml_q16_max", "kml_sat_add"];

    /// <summary>The mutations of a call.</summary>
    /// <param name="e">The call.</param>
    /// <returns>The mutations.</returns>
    public static IEnumerable<Mutation<CExpression>> Of(CCall e)
    {
        string name = e.Function;
        if (name == "sizeof")
            yield return new("places", "a size taken as 1", new CInteger(1, "", ScalarType.U64));
        if (!Helpers.Contains(name))
            yield break;

        yield return new("helpers left out", $"{name} left out", e.Arguments[0]);
        foreach (string other in Neighbours.Of(name).Concat(Neighbours.OtherSign(name) is { } sign ? [sign] : []).Where(Helpers.Contains))
            yield return new("helpers mistaken", $"{name} -> {other}", e with { Function = other });
        string[] words = name.Split('_');
        string stem = words[1] is "q16" or "sat" ? words[2] : words[1];
        CExpression[] values = [.. e.Arguments.Where(a => a is not (CPrefix { Symbol: "&" } or CName { Name: "fault" }))];
        if (values.Length == 2 && Plain.TryGetValue(stem, out COperator? plain))
            yield return new("helpers as plain operators", $"{name} -> {plain.Symbol}", new CInfix(values[0], plain, values[1], e.Type));
        if (stem == "neg")
            yield return new("helpers as plain operators", $"{name} -> -", new CPrefix("-", values[0], e.Type));
        if (values.Length >= 2 && !Commutative.Any(c => name.StartsWith(c, StringComparison.Ordinal)))
            yield return new("helpers with arguments swapped", $"{name} with the last two swapped", e with { Arguments = Swapped(e.Arguments, values.Length) });
        if (name == "kml_index" && e.Arguments[1] is CInteger length)
        {
            CCall Of(Int128 elements) => e with { Arguments = [e.Arguments[0], length with { Value = elements }, e.Arguments[2]] };
            yield return new("checks", "kml_index with one element more", Of(length.Value + 1));
            yield return new("checks", "kml_index with one element less", Of(length.Value - 1));
        }
    }

    private static List<CExpression> Swapped(IReadOnlyList<CExpression> arguments, int values)
    {
        List<CExpression> swapped = [.. arguments];
        (swapped[values - 2], swapped[values - 1]) = (swapped[values - 1], swapped[values - 2]);
        return swapped;
    }
}
