using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.Mutants.Bodies;

/// <summary>The mutations of expressions: a rule is a kind of node with the types that it is for.</summary>
internal static class ExpressionRules
{
    private static readonly CInteger Zero = new(0, "", ScalarType.I32), One = new(1, "", ScalarType.I32);

    private static readonly Dictionary<string, COperator[]> Others = new()
    {
        ["+"] = [COperator.Subtract], ["-"] = [COperator.Add], ["*"] = [COperator.Add], ["/"] = [COperator.Multiply, COperator.Remainder],
        ["%"] = [COperator.Divide], ["<<"] = [COperator.ShiftRight], [">>"] = [COperator.ShiftLeft], ["&"] = [COperator.Or],
        ["|"] = [COperator.And, COperator.Xor], ["^"] = [COperator.Or],
        ["<"] = [COperator.LessOrEqual, COperator.Greater], [">"] = [COperator.GreaterOrEqual, COperator.Less],
        ["<="] = [COperator.Less, COperator.Greater], [">="] = [COperator.Greater, COperator.LessOrEqual], ["=="] = [COperator.NotEqual, COperator.LessOrEqual],
        ["!="] = [COperator.Equal, COperator.Less], ["&&"] = [COperator.OrElse, COperator.And], ["||"] = [COperator.AndAlso, COperator.Or],
    };

    /// <summary>The operators that may stand by mistake for one.</summary>
    /// <param name="symbol">The operator.</param>
    /// <returns>The others.</returns>
    public static IReadOnlyList<COperator> Instead(COperator symbol) => Others[symbol.Symbol];

    /// <summary>The mutations of an expression, not of those in it.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>The mutations.</returns>
    public static IEnumerable<Mutation<CExpression>> Of(CExpression expression) => expression switch
    {
        CInfix e => Of(e),
        CCast e =>
        [
            new("casts", $"({e.TypeName}) of {Word(e.Operand.Type)} left out", e.Operand),
            .. Bare(e.Operand, Binding.Prefix)
                .Select(o => new Mutation<CExpression>("parentheses", "what a cast is of without parentheses", e with { Operand = o })),
        ],
        CPrefix { Symbol: "-" or "~" or "!" } e =>
        [
            new("operators", $"{e.Symbol} of {Word(e.Operand.Type)} left out", e.Operand),
            .. Bare(e.Operand, Binding.Prefix)
                .Select(o => new Mutation<CExpression>("parentheses", $"what {e.Symbol} is of without parentheses", e with { Operand = o })),
        ],
        CInteger e => Of(e),
        CFloat e =>
        [
            new("numbers", "a float taken as 0", new CFloat("0.0f", false)),
            .. e.IsNegative ? [new("numbers", "a float's sign left out", e with { IsNegative = false })] : Enumerable.Empty<Mutation<CExpression>>(),
        ],
        CConditional e =>
        [
            new("operators", $"?: of {Word(e.Type)} turned around", e with { WhenTrue = e.WhenFalse, WhenFalse = e.WhenTrue }),
            new("operators", $"?: of {Word(e.Type)} without its test", e.WhenTrue),
        ],
        CElement e => e.Index is CInteger ? [] : [new("places", "an index taken as 0", e with { Index = Zero })],
        CCall e => CallRules.Of(e),
        _ => [],
    };

    private static IEnumerable<Mutation<CExpression>> Of(CInfix e)
    {
        string family = e.Operator.Opposite is null ? "operators" : "comparisons";
        string of = e.Operator.Binding is Binding.And or Binding.Or ? ""
            : $" of {Word(e.Operator.Opposite is null ? e.Type : Common(e.Left.Type, e.Right.Type))}";
        foreach (COperator other in Instead(e.Operator))
            yield return new(family, $"{e.Operator.Symbol}{of} -> {other.Symbol}", e with { Operator = other });
        if (e.Operator.Opposite is not null && e.Right is CInteger { Value: var bound } number)
        {
            yield return new("comparisons", $"{e.Operator.Symbol} with a number one more", e with { Right = number with { Value = bound + 1 } });
            yield return new("comparisons", $"{e.Operator.Symbol} with a number one less", e with { Right = number with { Value = bound - 1 } });
        }

        if (e.Operator.Binding == Binding.Shift)
            yield return new("operators", $"{e.Operator.Symbol}{of} by one more", e with { Right = new CInfix(e.Right, COperator.Add, One, ScalarType.I32) });
        if (e.Operator.Binding is Binding.Sum or Binding.Product or Binding.Shift)
            yield return new("operators", $"{e.Operator.Symbol}{of} left out", e.Left);
        foreach (CExpression left in Bare(e.Left, e.Operator.Binding))
            yield return new("parentheses", $"left of {e.Operator.Symbol} without parentheses", e with { Left = left });
        foreach (CExpression right in Bare(e.Right, e.Operator.Binding + 1))
            yield return new("parentheses", $"right of {e.Operator.Symbol} without parentheses", e with { Right = right });
    }

    private static IEnumerable<Mutation<CExpression>> Of(CInteger e)
    {
        string word = CTypes.Name(e.Type);
        if (e.Type == ScalarType.Bool)
        {
            yield return new("numbers", "0 for 1, and 1 for 0", e with { Value = 1 - e.Value });
            yield break;
        }

        yield return new("numbers", $"a number of {word} plus 1", e with { Value = e.Value + 1 });
        yield return new("numbers", $"a number of {word} minus 1", e with { Value = e.Value - 1 });
        if (e.Suffix.Length > 0)
            yield return new("numbers", $"the suffix {e.Suffix} left out", e with { Suffix = "" });
    }

    /// <summary>What stands in parentheses because C would read it otherwise, without these.</summary>
    private static IEnumerable<CExpression> Bare(CExpression e, Binding least) =>
        e.Binding < least ? [new CName(ExpressionPrinter.Text(e), e.Type)] : [];

    /// <summary>The type in which C compares.</summary>
    private static ScalarType Common(ScalarType left, ScalarType right)
    {
        ScalarType a = CTypes.Promoted(left), b = CTypes.Promoted(right);
        return a == ScalarType.F32 || b == ScalarType.F32 ? ScalarType.F32 : a.Size() != b.Size() ? (a.Size() > b.Size() ? a : b) : a.IsSigned() ? b : a;
    }

    private static string Word(ScalarType type) => CTypes.Name(CTypes.Promoted(type));
}
