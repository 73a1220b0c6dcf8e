using System.Collections.Generic;
using Kml.Model;

namespace Kml.TestSupport;

/// <content>Loops.</content>
public sealed partial class RandomBodies
{
    // Statements that a body may do at the most, and those of which one loop or call may take part of it.
    private const int MostSpent = 2000;
    private const int MostWeight = 256;

    /// <summary>A loop, mostly with a variable that it counts with; null where bodies here do enough.</summary>
    private IEnumerable<Statement>? Looped(int depth)
    {
        if (_scope.Spent > MostSpent || _scope.Weight > MostWeight)
            return null;
        return _random.Next(6) switch
        {
            0 => [Stated(depth)],
            1 => Losing(depth),
            _ => Counted(depth),
        };
    }

    /// <summary>A loop with a test of which nothing is known.</summary>
    private Loop Stated(int depth)
    {
        int bound = _random.Next(1, 7);
        Block body = Turn(depth, bound);
        return new(OneIn(4) ? new Constant(ScalarType.Bool, 1) : Of(ScalarType.Bool, 3), OneIn(4), body, new(default), bound, IsStated: true);
    }

    /// <summary>A loop over the bits of a number, or over its digits.</summary>
    private IEnumerable<Statement> Losing(int depth)
    {
        ScalarType type = OneOf([ScalarType.U32, ScalarType.U64, ScalarType.U16]), wide = type == ScalarType.U16 ? ScalarType.I32 : type;
        string name = Named("bits");
        Expression first = OneIn(2) ? Of(type, 3) : Whole(type, _random.Next(2000));
        Expression now = Converted(wide, Read.Variable(type, name));
        Binary less = _random.Next(3) switch
        {
            0 => new(wide, BinaryOperator.And, now, new Binary(wide, BinaryOperator.Subtract, now, Whole(wide, 1))),
            1 => new(wide, BinaryOperator.ShiftRight, now, Whole(ScalarType.I32, _random.Next(1, 9))),
            _ => new(wide, BinaryOperator.Divide, now, Whole(wide, _random.Next(2, 11))),
        };
        Binary test = new(ScalarType.Bool, OneIn(2) ? BinaryOperator.NotEqual : BinaryOperator.Greater, now, Whole(wide, 0));
        return [new Let(name, first), Advanced(name, type, test, new Assign(new VariablePlace(name), Converted(type, less)), depth, 8 * type.Size())];
    }

    /// <summary>A loop with a variable that rises or falls.</summary>
    private IEnumerable<Statement> Counted(int depth)
    {
        ScalarType type = OneIn(2) ? ScalarType.I32 : OneOf([ScalarType.U32, ScalarType.U8, ScalarType.I16, ScalarType.I64, ScalarType.U64]);
        ScalarType wide = type.Size() < 4 ? ScalarType.I32 : type;
        bool rises = !OneIn(3);
        string name = Named("count");
        int by = OneIn(3) ? _random.Next(1, 4) : 1, turns = _random.Next(1, 7);
        Expression now = Converted(wide, Read.Variable(type, name));
        Expression first = rises ? Whole(type, _random.Next(3)) : OneIn(2) ? Whole(type, turns) : Masked(type);
        Expression limit = !rises ? Whole(wide, 0) : OneIn(3) ? Masked(wide) : OneIn(9) ? Of(wide, 2) : Whole(wide, turns);
        BinaryOperator relation = rises
            ? OneOf([BinaryOperator.Less, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.NotEqual])
            : OneOf([BinaryOperator.Greater, BinaryOperator.NotEqual, BinaryOperator.GreaterOrEqual]);
        Binary test = OneIn(4)
            ? new(ScalarType.Bool, Mirrored(relation), limit, now)
            : new(ScalarType.Bool, relation, now, limit);
        Binary next = new(wide, rises ? BinaryOperator.Add : BinaryOperator.Subtract, now, Whole(wide, by));
        return [new Let(name, first), Advanced(name, type, test, new Assign(new VariablePlace(name), Converted(type, next)), depth, 8)];
    }

    private Expression Masked(ScalarType type)
    {
        ScalarType wide = type.Size() < 4 ? ScalarType.I32 : type;
        return Converted(type, new Binary(wide, BinaryOperator.And, Of(wide, 2), Whole(wide, OneIn(2) ? 7 : 3)));
    }

    private static BinaryOperator Mirrored(BinaryOperator relation) => relation switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        _ => relation,
    };

    /// <summary>A loop whose variable is moved in its step, or somewhere in its body; tested before a turn, after it, or within.</summary>
    private Loop Advanced(string name, ScalarType type, Expression test, Assign move, int depth, int turns)
    {
        // What else writes its variable would be a loop that nothing bounds.
        _scope.Roots.Add(new(name, new ScalarData(type), IsWritable: OneIn(16), IsCounter: true));
        bool inStep = !OneIn(3), testsWithin = OneIn(5), testsLast = OneIn(5);
        List<Statement> body = [.. Turn(depth, turns).Statements], step = [];
        if (testsWithin)
            body.Insert(0, new If(new Unary(UnaryOperator.Not, test), new(EquatableArray.Of<Statement>(new Break())), new(default)));
        if (!inStep)
            body.Insert(_random.Next(body.Count + 1), move);
        if (inStep || OneIn(6))
            step.Add(inStep ? move : Assigned());
        if (OneIn(4))
            step.Insert(_random.Next(step.Count + 1), Assigned());
        Expression head = testsWithin ? new Constant(ScalarType.Bool, 1) : test;
        if (OneIn(5))
            head = OneIn(2) ? And(head, Of(ScalarType.Bool, 2)) : And(Of(ScalarType.Bool, 2), head);
        return new(head, testsLast, new(body.ToEquatableArray()), new(step.ToEquatableArray()), null, IsStated: false);
    }

    private static Binary And(Expression a, Expression b) => new(ScalarType.Bool, BinaryOperator.AndAlso, a, b);

    private Block Turn(int depth, int turns)
    {
        (bool couldBreak, bool couldContinue, int weight) = (_scope.CanBreak, _scope.CanContinue, _scope.Weight);
        _scope.CanBreak = _scope.CanContinue = true;
        _scope.Weight *= turns;
        Block body = Within(depth - 1);
        (_scope.CanBreak, _scope.CanContinue, _scope.Weight) = (couldBreak, couldContinue, weight);
        return body;
    }
}
