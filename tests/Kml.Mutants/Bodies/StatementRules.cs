using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.Mutants.Bodies;

/// <summary>The mutations of statements, and of those that follow each other.</summary>
internal static class StatementRules
{
    private static readonly CInteger Zero = new(0, "", ScalarType.I32), One = new(1, "", ScalarType.I32);

    /// <summary>The mutations of a statement, not of those in it.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="inLoop">Whether what it breaks is a loop.</param>
    /// <returns>The mutations.</returns>
    public static IEnumerable<Mutation<IReadOnlyList<CStatement>>> Of(CStatement statement, bool inLoop) => statement switch
    {
        CIf s => Of(s),
        CAssign s => [new("stores", $"a store to {Kind(s.Place)} left out", [])],
        CCompound s =>
        [
            new("stores", $"{s.Operator.Symbol}= left out", []),
            .. ExpressionRules.Instead(s.Operator).Where(o => o.Assigns)
                .Select(o =>
                    Rule("operators", $"{s.Operator.Symbol}= of {CTypes.Name(CTypes.Promoted(s.Place.Type))} -> {o.Symbol}=", s with { Operator = o })),
        ],
        CStep s =>
        [
            new("stores", $"{s.Operator.Symbol}{s.Operator.Symbol} left out", []),
            Rule("operators", $"{s.Operator.Symbol}{s.Operator.Symbol} turned around", s with { Operator = ExpressionRules.Instead(s.Operator)[0] }),
        ],
        CEvaluate { Value: CCall call } => Of(call),
        CDiscard { Value: CName } => [new("stores", "(void) of a parameter left out", [])],
        CDiscard => [new("stores", "a value that nothing reads left out with its faults", [])],
        CReturn { Value: CName { Name: var name } value } => name.StartsWith("KML_FAULT_", StringComparison.Ordinal)
            ? [Rule("checks", $"{name} given back as 0", new CReturn(Zero))]
            : value.Name == FaultPlace.Name ? [Rule("checks", "a fault given back as 0", new CReturn(Zero))] : [],
        CReturn { Value: CInteger { Value: var zero } } when zero == 0 => [Rule("checks", "1 given back for 0", new CReturn(One))],
        CJump s => Of(s, inLoop),
        CFor s => Of(s),
        CDo s =>
        [
            Rule("loops", "do -> while", new CFor(null, s.Test, [], s.Body)),
            Rule("loops", "the test of do turned around", s with { Test = Not(s.Test) }),
        ],
        CSwitch s => Of(s),
        _ => [],
    };

    /// <summary>The mutations of what follows each other.</summary>
    /// <param name="statements">The statements of a block.</param>
    /// <returns>The mutations.</returns>
    public static IEnumerable<Mutation<IReadOnlyList<CStatement>>> OfAll(IReadOnlyList<CStatement> statements)
    {
        for (int i = 0; i + 1 < statements.Count; i++)
        {
            (CStatement first, CStatement second) = (statements[i], statements[i + 1]);
            string? rule = !Stores(second) ? null : first is CIf { WhenFalse.IsEmpty: true } test && Kind(test) is { } kind and not "an if"
                ? $"a store before {kind}"
                : Stores(first) ? "two stores swapped" : null;
            if (rule is not null)
                yield return new("order", rule, [.. statements.Take(i), second, first, .. statements.Skip(i + 2)]);
        }
    }

    private static bool Stores(CStatement statement) => statement is CAssign or CCompound or CStep or CEvaluate;

    private static IEnumerable<Mutation<IReadOnlyList<CStatement>>> Of(CIf s)
    {
        string kind = Kind(s);
        yield return new("checks", $"{kind} left out", []);
        yield return Rule("checks", $"{kind} turned around", s with { Test = Not(s.Test) });
        if (kind != "an if")
            yield break;
        yield return Rule("checks", "an if that always holds", s with { Test = new CInteger(1, "", ScalarType.Bool) });
        if (!s.WhenFalse.IsEmpty)
            yield return Rule("checks", "an else left out", s with { WhenFalse = new() });
    }

    private static IEnumerable<Mutation<IReadOnlyList<CStatement>>> Of(CCall call)
    {
        string name = call.Function.StartsWith("kml_t_", StringComparison.Ordinal) ? "a function" : call.Function;
        yield return new("stores", $"a call of {name} left out", []);
        if (name == "__builtin_memmove")
            yield return Rule("stores", "__builtin_memmove -> __builtin_memcpy", new CEvaluate(call with { Function = "__builtin_memcpy" }));
        if (name != "kml_clear")
            yield break;
        CCall plain = call with { Function = "__builtin_memset", Arguments = [call.Arguments[0], Zero, call.Arguments[1]] };
        yield return Rule("stores", "kml_clear -> __builtin_memset", new CEvaluate(plain));
    }

    private static IEnumerable<Mutation<IReadOnlyList<CStatement>>> Of(CJump s, bool inLoop)
    {
        switch (s.Words)
        {
            case "break":
                yield return new("jumps", $"break of a {(inLoop ? "loop" : "switch")} left out", []);
                if (inLoop)
                    yield return Rule("jumps", "break -> continue", new CJump("continue"));
                break;
            case "continue":
                yield return new("jumps", "continue left out", []);
                yield return Rule("jumps", "continue -> break", new CJump("break"));
                break;
            case "fallthrough":
                yield return new("jumps", "fallthrough left out", []);
                yield return Rule("jumps", "fallthrough -> break", new CJump("break"));
                break;
            default:
                yield return new("jumps", "goto left out", []);
                yield return Rule("jumps", "goto -> continue", new CJump("continue"));
                break;
        }
    }

    private static IEnumerable<Mutation<IReadOnlyList<CStatement>>> Of(CFor s)
    {
        if (s.First is not null)
            yield return Rule("loops", "the first of for left out", s with { First = null });
        if (s.Steps.Count > 0)
            yield return Rule("loops", "the steps of for left out", s with { Steps = [] });
        if (s.Steps.Count > 1)
            yield return Rule("loops", "the steps of for swapped", s with { Steps = [.. s.Steps.Reverse()] });
        if (s.Test is null)
            yield break;
        string word = s.First is null && s.Steps.Count == 0 ? "while" : "for";
        yield return Rule("loops", $"the test of {word} left out", s with { Test = null });
        yield return Rule("loops", $"the test of {word} turned around", s with { Test = Not(s.Test) });
        if (word == "while")
            yield return Rule("loops", "while -> do", new CDo(s.Body, s.Test));
    }

    private static IEnumerable<Mutation<IReadOnlyList<CStatement>>> Of(CSwitch s)
    {
        yield return Rule("switches", "the value of switch plus 1", s with { Value = new CInfix(s.Value, COperator.Add, One, s.Value.Type) });
        yield return Rule("switches", "the default left out", s with
        {
            Sections = [.. s.Sections.Select(c => c with { IsDefault = false }).Where(c => c.Labels.Count > 0)],
        });
        yield return Rule("switches", "the first labels left out", s with
        {
            Sections = [.. s.Sections.Select(c => c with { Labels = [.. c.Labels.Skip(1)] }).Where(c => c.IsDefault || c.Labels.Count > 0)],
        });
        if (s.Sections.Count > 1)
        {
            yield return Rule("switches", "labels of the next section", s with
            {
                Sections = [.. s.Sections.Select((c, i) => c with
                {
                    Labels = s.Sections[(i + 1) % s.Sections.Count].Labels,
                    IsDefault = s.Sections[(i + 1) % s.Sections.Count].IsDefault,
                })],
            });
        }
    }

    private static string Kind(CIf s)
    {
        if (s.Test is CName { Name: FaultPlace.Name } or CPrefix { Symbol: "*", Operand: CName { Name: FaultPlace.Name } })
            return "the test of a fault";
        foreach (CStatement statement in s.WhenTrue.Statements)
        {
            CExpression? value = statement switch { CReturn r => r.Value, CAssign a => a.Value, _ => null };
            if (value is CName { Name: "KML_FAULT_INDEX" } && s.Test is CInfix)
                return "the check of an index";
            if (value is CName { Name: "KML_FAULT_BOUND" })
                return "the check of a loop's bound";
        }

        return "an if";
    }

    private static string Kind(CExpression place) => place switch
    {
        CName => "a variable",
        CMember => "a field",
        CElement => "an element",
        _ => "where a pointer leads",
    };

    private static CPrefix Not(CExpression test) => new("!", test, ScalarType.Bool);

    private static Mutation<IReadOnlyList<CStatement>> Rule(string family, string rule, CStatement by) => new(family, rule, [by]);
}
