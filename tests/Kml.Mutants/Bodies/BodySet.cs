using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Tree;
using Kml.KmodGen.Tests.Bodies;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.Mutants.Bodies;

/// <summary>A body of the set.</summary>
/// <param name="Case">The body.</param>
/// <param name="IsRandom">Whether it was drawn; warnings tell nothing of the others.</param>
/// <param name="Seed">What it runs on is drawn with this.</param>
internal sealed record SetBody(BodyCase Case, bool IsRandom, int Seed)
{
    private const int Inputs = 24;

    private readonly Lazy<(string[] Tables, CFunction[] Functions)> _translated = new(() => BodyBed.Translated(Case, "body"));
    private readonly Lazy<(BodyInput, BodyOutcome)[]> _runs = new(() =>
    {
        RandomBodies random = new(Seed);
        return
        [
            .. Enumerable.Range(0, Inputs).Select(n => BodyMemory.Input(Case.Method, Case.Model, type => n == 0 ? 0 : random.Bits(type)))
                .Select(input => (input, BodyInterpreter.Run(Case.Model, Case.Method, input))),
        ];
    });

    /// <summary>Its tables.</summary>
    public string[] Tables => _translated.Value.Tables;

    /// <summary>What it runs on, and what it does then.</summary>
    public (BodyInput Input, BodyOutcome Expected)[] Runs => _runs.Value;

    /// <summary>The rules that fit it, each with its family.</summary>
    /// <returns>The rules.</returns>
    public IReadOnlyDictionary<string, string> Fitting()
    {
        TreeMutator mutator = new(null);
        foreach (CFunction function in _translated.Value.Functions)
        {
            mutator.Function(function);
            foreach (string rule in LayoutRules.Fitting(FunctionPrinter.Text(function)))
                mutator.Fitting.TryAdd(rule, LayoutRules.Family);
        }

        return mutator.Fitting;
    }

    /// <summary>Its functions with a rule applied wherever it fits.</summary>
    /// <param name="rule">The rule; null for none.</param>
    /// <param name="symbol">The name of the last of them; the others have it at their end.</param>
    /// <returns>Their texts.</returns>
    public IEnumerable<string> Functions(string? rule, string symbol)
    {
        TreeMutator mutator = new(rule);
        CFunction[] functions = _translated.Value.Functions;
        Regex names = new($@"\b(?:{string.Join('|', functions.Select(f => f.Name))})(?=\()");
        return functions.Select(f => names.Replace(
            LayoutRules.Apply(FunctionPrinter.Text(mutator.Function(f)), rule),
            m => m.Value == "body" ? symbol : $"{m.Value}_{symbol}"));
    }
}

/// <summary>The bodies in which rules are applied: those of the suite's tests, drawn with a fixed seed, and written by hand.</summary>
internal static class BodySet
{
    // That of the drawn bodies which give no warnings in the suite.
    private const int DrawnSeed = 20;

    /// <summary>Makes bodies.</summary>
    /// <param name="drawn">How many are drawn.</param>
    /// <returns>These, and those that are written by hand.</returns>
    public static IReadOnlyList<SetBody> Of(int drawn) => [.. Calls().Concat(Edges()).Select((b, i) => new SetBody(b, false, i)), .. Drawn(drawn)];

    /// <summary>Draws bodies.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The bodies.</returns>
    public static IReadOnlyList<SetBody> Drawn(int count)
    {
        RandomBodies bodies = new(DrawnSeed);
        return [.. Enumerable.Range(0, count).Select(i => new SetBody(RandomCases.One(bodies, i), true, i))];
    }

    /// <summary>Every function in all its forms: those that can fault one call a body.</summary>
    private static IEnumerable<BodyCase> Calls()
    {
        foreach (IGrouping<(Function, ScalarType), FunctionCall> calls in EdgeBodies.Calls().GroupBy(c => (c.Function, c.Operand)))
        {
            FunctionCall first = calls.First();
            bool takesFloat = first.Operand == ScalarType.F32;
            if (EdgeBodies.CanFault(first))
            {
                foreach (FunctionCall call in calls.Where((_, i) => i % 7 == 0))
                {
                    yield return takesFloat
                        ? EdgeBodies.Case(BodyRole.Features, call.Type, [EdgeBodies.Any()], Assign.Feature("x", 0, BodyBed.MaxFeatures, call))
                        : EdgeBodies.Case(BodyRole.Update, ScalarType.I32, [], EdgeBodies.Kept(call));
                }
            }
            else
            {
                Expression[] values = [.. calls.SelectMany(c => c.Type == ScalarType.F32 ? [c] : EdgeBodies.Halves(c)).Take(BodyBed.MaxFeatures)];
                yield return EdgeBodies.Case(
                    BodyRole.Features,
                    values[0].Type,
                    takesFloat ? [EdgeBodies.Any()] : [],
                    [.. values.Select((e, i) => Assign.Feature("x", i, BodyBed.MaxFeatures, e))]);
            }
        }
    }

    private static IEnumerable<BodyCase> Edges()
    {
        ScalarType[] types = [ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64];
        return EdgeBodies.OfFloats().Concat(EdgeBodies.OfFixedPoint()).Concat(EdgeBodies.OfConversions()).Concat(EdgeBodies.OfClears())
            .Concat(EdgeBodies.OfCompounds()).Concat(EdgeBodies.OfNested()).Concat(EdgeBodies.OfShortCircuits()).Concat(EdgeBodies.OfFaults())
            .Concat(types.SelectMany(t => EdgeBodies.OfIntegers(t).Concat(EdgeBodies.OfDivisions(t)).Concat(EdgeBodies.OfDivisionsByClamps(t))))
            .Concat(EdgeBodies.OfDivisions(ScalarType.Q16))
            .Concat(EdgeBodies.OfQuotients(ScalarType.I32))
            .Concat(EdgeBodies.OfQuotients(ScalarType.I64));
    }
}
