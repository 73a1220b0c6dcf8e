using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using CDeclaration = Kml.KmodGen.Bodies.Tree.CDeclaration;

namespace Kml.Mutants.Bodies;

/// <summary>Applies one rule wherever it fits, and takes note of all that would.</summary>
/// <param name="rule">The rule; null for none.</param>
internal sealed class TreeMutator(string? rule)
{
    /// <summary>The rules that fit somewhere, each with its family.</summary>
    public Dictionary<string, string> Fitting { get; } = [];

    /// <summary>A function with the rule applied.</summary>
    /// <param name="function">The function.</param>
    /// <returns>The function.</returns>
    public CFunction Function(CFunction function) => function with { Body = Block(function.Body, false) };

    private CBlock Block(CBlock block, bool inLoop)
    {
        CBlock mutated = new();
        foreach (CDeclaration declaration in block.Declarations)
        {
            CExpression? value = declaration.Value is null ? null : First(declaration, Expression(declaration.Value));
            if (value is null)
                mutated.Declare(declaration.TypeName, declaration.Name);
            else
                mutated.Declare(declaration.TypeName, new CName(declaration.Name, ScalarType.U64), value);
        }

        CStatement[] statements = [.. block.Statements.SelectMany(s => Statement(s, inLoop))];
        foreach (CStatement statement in Choose(statements, StatementRules.OfAll(statements)))
            mutated.Add(statement);
        return mutated;
    }

    private CExpression? First(CDeclaration declaration, CExpression value)
    {
        string what = declaration.Name == "fault" ? "a fault" : value is CName { Name: "{ 0 }" } ? "an array or a struct" : "a variable";
        return Choose<CExpression?>(value, [new("stores", $"the first value of {what} left out", null)]);
    }

    private IReadOnlyList<CStatement> Statement(CStatement statement, bool inLoop)
    {
        CStatement within = statement switch
        {
            CAssign s => new CAssign(Expression(s.Place), Expression(s.Value)),
            CCompound s => s with { Place = Expression(s.Place), Value = Expression(s.Value) },
            CStep s => s with { Place = Expression(s.Place) },
            CDiscard s => new CDiscard(Expression(s.Value)),
            CEvaluate s => new CEvaluate(Expression(s.Value)),
            CReturn { Value: { } value } => new CReturn(Expression(value)),
            CIf s => new CIf(Expression(s.Test), Block(s.WhenTrue, inLoop), Block(s.WhenFalse, inLoop)),
            CFor s => new CFor(
                s.First is null ? null : Statement(s.First, false).FirstOrDefault(),
                s.Test is null ? null : Expression(s.Test),
                [.. s.Steps.SelectMany(step => Statement(step, false))],
                Block(s.Body, true)),
            CDo s => new CDo(Block(s.Body, true), Expression(s.Test)),
            CSwitch s => new CSwitch(
                Expression(s.Value),
                [.. s.Sections.Select(c => new CSection([.. c.Labels.Select(Expression)], c.IsDefault, Block(c.Body, false)))]),
            _ => statement,
        };
        return Choose([within], StatementRules.Of(within, inLoop));
    }

    private CExpression Expression(CExpression expression)
    {
        CExpression within = expression switch
        {
            CMember e => e with { Of = Expression(e.Of) },
            CElement e => e with { Array = Expression(e.Array), Index = Expression(e.Index) },
            CCall e => e with { Arguments = [.. e.Arguments.Select(Expression)] },
            CPrefix e => e with { Operand = Expression(e.Operand) },
            CCast e => e with { Operand = Expression(e.Operand) },
            CInfix e => e with { Left = Expression(e.Left), Right = Expression(e.Right) },
            CConditional e => e with { Test = Expression(e.Test), WhenTrue = Expression(e.WhenTrue), WhenFalse = Expression(e.WhenFalse) },
            CEnclosed e => new CEnclosed(Expression(e.Inner)),
            _ => expression,
        };
        return Choose(within, ExpressionRules.Of(within));
    }

    private T Choose<T>(T node, IEnumerable<Mutation<T>> mutations)
    {
        foreach (Mutation<T> mutation in mutations)
        {
            Fitting.TryAdd(mutation.Rule, mutation.Family);
            if (mutation.Rule == rule)
                return mutation.By;
        }

        return node;
    }
}
