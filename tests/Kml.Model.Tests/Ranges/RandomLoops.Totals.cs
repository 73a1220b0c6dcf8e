using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Tests.Ranges;

/// <content>A variable that the loop sums up in, or gives what is best so far.</content>
internal sealed partial class RandomLoops
{
    /// <summary>Makes a function of what an update does, which returns what its variable was in the end, and an update that keeps that.</summary>
    /// <param name="update">The update.</param>
    /// <returns>The other update, and the function.</returns>
    public static (Method Update, Method Function) Apart(Method update)
    {
        ScalarType type = update.Body.Statements.OfType<Let>().Single(l => l.Name == "total").Value.Type;
        Method function = new(
            "Run",
            EquatableArray.Of(new Parameter("q", ParameterKind.State, IsWritten: true)),
            Block(update.Body.Statements.Append(new Return(Read.Variable(type, "total")))),
            type);
        Let result = new("result", new Call(type, function.Name, EquatableArray.Of<Argument>(new PlaceArgument(new VariablePlace("q")))));
        return (update with { Body = Block([result, new Assign(State("Drift"), As(ScalarType.I64, Read.Variable(type, "result")))]) }, function);
    }

    /// <summary>Adds to a loop's body what becomes of such a variable.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The variable, for before the loop.</returns>
    private Let Total(List<Statement> body)
    {
        ScalarType type = OneOf(Integers);
        Read total = Read.Variable(type, "total");
        int changes = 1 + _random.Next(2);
        for (int i = 0; i < changes; i++)
        {
            Statement change = new Assign(total.Place, Changed(total));
            if (OneIn(3))
                change = If(Compared(total), change);
            if (OneIn(3))
                change = Within(change, "j" + i);
            body.Insert(_random.Next(body.Count + 1), change);
        }

        body.Insert(_random.Next(body.Count + 1), new Assign(State("Drift"), As(ScalarType.I64, total)));
        return new("total", OneIn(3) ? Near(type) : new Constant(type, (ulong)_random.Next(5)));
    }

    private Expression Changed(Read total)
    {
        ScalarType type = OneIn(12) ? OneOf(Wide) : Computed(total.Type);
        Expression little = OneOf<Expression>(
            [
                new Constant(type, (ulong)_random.Next(1, 4)),
                As(type, Any(OneOf([ScalarType.U8, ScalarType.I8]))),
                As(type, Any(OneOf(Integers))),
                new Binary(type, BinaryOperator.And, As(type, total), new Constant(type, 3)),
            ]);
        Expression changed = _random.Next(8) switch
        {
            0 => As(total.Type, little),
            1 when total.Type.Size() >= 4 =>
                new FunctionCall(total.Type, OneOf([Function.Min, Function.Max]), EquatableArray.Of(total, As(total.Type, little))),
            2 or 3 => new Binary(type, BinaryOperator.Subtract, As(type, total), little),
            4 => new Binary(type, BinaryOperator.Add, little, As(type, total)),
            5 when OneIn(3) => new Binary(type, BinaryOperator.Multiply, little, As(type, total)),
            _ => new Binary(type, BinaryOperator.Add, As(type, total), little),
        };
        return As(total.Type, changed);
    }

    private Binary Compared(Read total)
    {
        // An unsigned type says two things at once.
        ScalarType type = OneIn(3) ? OneOf([ScalarType.U32, ScalarType.U64]) : Computed(total.Type);
        return new(ScalarType.Bool, BinaryOperator.Equal + _random.Next(6), As(type, total), OneIn(2) ? As(type, Any(total.Type)) : As(type, Near(total.Type)));
    }

    /// <summary>A loop of a few turns around a statement.</summary>
    private Block Within(Statement statement, string counter)
    {
        Read now = Read.Variable(ScalarType.I32, counter);
        Binary test = new(ScalarType.Bool, BinaryOperator.Less, now, new Constant(ScalarType.I32, (ulong)_random.Next(1, 4)));
        Assign next = new(now.Place, new Binary(ScalarType.I32, BinaryOperator.Add, now, new Constant(ScalarType.I32, 1)));
        return Block([new Let(counter, new Constant(ScalarType.I32, 0)), new Loop(test, false, Block([statement]), Block([next]), null, false)]);
    }
}
