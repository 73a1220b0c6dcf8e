using System.Collections.Generic;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>Walks expressions and statements.</summary>
internal static class Operands
{
    /// <summary>The direct operands of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>Its operands, in order.</returns>
    public static IEnumerable<Expression> Of(Expression expression) => expression switch
    {
        Unary e => [e.Operand],
        Binary e => [e.Left, e.Right],
        Conversion e => [e.Operand],
        Choice e => [e.Test, e.WhenTrue, e.WhenFalse],
        FunctionCall e => e.Arguments,
        _ => [],
    };

    /// <summary>The direct expressions of a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>Its expressions, in order.</returns>
    public static IEnumerable<Expression> Of(Statement statement) => statement switch
    {
        Let s => [s.Value],
        AssignVariable s => [s.Value],
        AssignState s => [s.Value],
        AssignFeature s => [s.Value],
        If s => [s.Test],
        Return { Value: not null } s => [s.Value],
        PullLever s => s.Arguments,
        _ => [],
    };

    /// <summary>The statements within a statement, itself first.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>All of them, in order.</returns>
    public static IEnumerable<Statement> All(Statement statement)
    {
        yield return statement;
        IEnumerable<Statement> inner = statement switch
        {
            Block s => s.Statements,
            If s => [s.WhenTrue, s.WhenFalse],
            _ => [],
        };
        foreach (Statement child in inner)
        {
            foreach (Statement s in All(child))
                yield return s;
        }
    }

    /// <summary>An expression and everything within it.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>All of them, outermost first.</returns>
    public static IEnumerable<Expression> All(Expression expression)
    {
        yield return expression;
        foreach (Expression child in Of(expression))
        {
            foreach (Expression e in All(child))
                yield return e;
        }
    }
}
