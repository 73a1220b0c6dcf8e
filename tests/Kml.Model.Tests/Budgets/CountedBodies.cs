using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering.Budgets;

namespace Kml.Model.Tests.Budgets;

/// <summary>
/// Puts a counter into bodies: before each statement, and at the beginning of each turn, they add what the statement itself costs to a field of the state,
/// which functions are given by reference. What a run has added it has done; loops, ways and calls are so counted as they are taken.
/// </summary>
internal static class CountedBodies
{
    /// <summary>The field of the state.</summary>
    public static readonly FieldSpec Field = new("Operations", ScalarType.U64);

    private const string Given = "operations given";

    /// <summary>An update that counts.</summary>
    public static Method Update(Method update) => update with
    {
        Body = Counted(update.Body, new MemberPlace(new VariablePlace(update.Parameters[1].Name), Field.Name)),
    };

    /// <summary>A function that counts.</summary>
    public static Method Function(Method function) => function with
    {
        Parameters = function.Parameters
            .Append(new(Given, ParameterKind.Reference, Data: new ScalarData(ScalarType.U64), IsWritten: true)).ToEquatableArray(),
        Body = Counted(function.Body, new VariablePlace(Given)),
    };

    private static Block Counted(Block block, Place counter) => new(block.Statements.SelectMany(s => Counted(s, counter)).ToEquatableArray());

    private static IEnumerable<Statement> Counted(Statement statement, Place counter)
    {
        if (statement is Block block)
            return [Counted(block, counter)];
        if (statement is Loop loop)
        {
            // A turn tests once, and a loop that tests first once more.
            Block body = Counted(loop.Body, counter);
            return
            [
                Added(loop.TestsLast ? 0 : Cost(loop.Test), counter),
                loop with
                {
                    Test = Calling(loop.Test, counter),
                    Body = new(body.Statements.Prepend(Added(1 + Cost(loop.Test) + (loop.IsStated ? 2 : 0), counter)).ToEquatableArray()),
                    Step = Counted(loop.Step, counter),
                },
            ];
        }

        return [Added(Own(statement), counter), Within(statement, counter)];
    }

    private static Statement Within(Statement statement, Place counter) => statement switch
    {
        Let s => s with { Value = Calling(s.Value, counter) },
        Assign s => new Assign(Calling(s.Target, counter), Calling(s.Value, counter)),
        Copy s => s with { Target = Calling(s.Target, counter), Source = Calling(s.Source, counter) },
        Clear s => s with { Target = Calling(s.Target, counter) },
        Refer s => s with { Place = Calling(s.Place, counter) },
        PullLever s => s with { Arguments = s.Arguments.Select(a => Calling(a, counter)).ToEquatableArray() },
        Evaluate s => s with { Value = Calling(s.Value, counter) },
        Return { Value: { } value } => new Return(Calling(value, counter)),
        If s => new If(Calling(s.Test, counter), Counted(s.WhenTrue, counter), Counted(s.WhenFalse, counter)),
        Switch s => s with
        {
            Value = Calling(s.Value, counter),
            Sections = s.Sections.Select(c => c with { Body = Counted(c.Body, counter) }).ToEquatableArray(),
        },
        _ => statement,
    };

    private static Assign Added(long operations, Place counter)
    {
        Read before = new(ScalarType.U64, counter);
        return new(counter, new Binary(ScalarType.U64, BinaryOperator.Add, before, new Constant(ScalarType.U64, (ulong)operations)));
    }

    /// <summary>What a statement costs beside the statements within it, the bodies of what it calls, and checks, which it may not have.</summary>
    private static long Own(Statement statement) => Operands.Of(statement).Sum(Cost) + statement switch
    {
        Declare s => OperationCosts.OfBytes(s.Data),
        Copy s => 1 + OperationCosts.OfBytes(s.Data) + Steps(s.Target) + Steps(s.Source),
        Clear s => 1 + OperationCosts.OfBytes(s.Data) + Steps(s.Target),
        Assign s => 1 + Steps(s.Target),
        Refer s => 1 + Steps(s.Place),
        Evaluate => 0,
        PullLever => OperationCosts.Lever,

        // A test for a fault is not done where it is superfluous.
        If { WhenFalse.Statements.Count: 0, WhenTrue.Statements: [Fail] } s => -Operands.Of(s).Sum(Cost),
        _ => 1,
    };

    /// <summary>What an expression costs at the least of what it always evaluates.</summary>
    private static long Cost(Expression expression) => expression switch
    {
        Constant => 0,
        Read e => 1 + Operands.Of(e).Sum(Cost) + Steps(e.Place),
        Binary { Operator: BinaryOperator.AndAlso or BinaryOperator.OrElse } e => 1 + Cost(e.Left),
        Binary e => OperationCosts.Of(e) + Cost(e.Left) + Cost(e.Right),
        Choice e => 1 + Cost(e.Test) + Math.Min(Cost(e.WhenTrue), Cost(e.WhenFalse)),
        FunctionCall e => OperationCosts.Of(e.Function) + e.Arguments.Sum(Cost),
        Call e => OperationCosts.Call + Operands.Of(e).Sum(Cost) + e.Arguments.OfType<PlaceArgument>().Sum(a => Steps(a.Place)),
        _ => 1 + Operands.Of(expression).Sum(Cost),
    };

    /// <summary>The elements on the way to a place: each is an operation beside its index.</summary>
    private static long Steps(Place place) => place switch
    {
        MemberPlace p => Steps(p.Of),
        SlicePlace p => Steps(p.Of),
        ElementPlace p => 1 + Steps(p.Of),
        _ => 0,
    };

    /// <summary>An expression whose calls hand the counter on.</summary>
    private static Expression Calling(Expression expression, Place counter) => expression switch
    {
        Read e => e with { Place = Calling(e.Place, counter) },
        Unary e => e with { Operand = Calling(e.Operand, counter) },
        Binary e => e with { Left = Calling(e.Left, counter), Right = Calling(e.Right, counter) },
        Conversion e => e with { Operand = Calling(e.Operand, counter) },
        Choice e => new Choice(Calling(e.Test, counter), Calling(e.WhenTrue, counter), Calling(e.WhenFalse, counter)),
        FunctionCall e => e with { Arguments = e.Arguments.Select(a => Calling(a, counter)).ToEquatableArray() },
        Call e => e with
        {
            Arguments = e.Arguments.Select(a => Calling(a, counter)).Append(new PlaceArgument(counter)).ToEquatableArray(),
        },
        _ => expression,
    };

    private static Argument Calling(Argument argument, Place counter) => argument switch
    {
        ValueArgument a => new ValueArgument(Calling(a.Value, counter)),
        PlaceArgument a => new PlaceArgument(Calling(a.Place, counter)),
        _ => argument,
    };

    private static Place Calling(Place place, Place counter) => place switch
    {
        MemberPlace p => p with { Of = Calling(p.Of, counter) },
        SlicePlace p => p with { Of = Calling(p.Of, counter) },
        ElementPlace p => p with { Of = Calling(p.Of, counter), Index = Calling(p.Index, counter) },
        _ => place,
    };
}
