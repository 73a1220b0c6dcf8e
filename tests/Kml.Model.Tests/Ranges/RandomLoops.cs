using System;
using System.Collections.Generic;
using System.Linq;
using Kml.TestSupport;

namespace Kml.Model.Tests.Ranges;

/// <summary>
/// Makes random updates with a loop that seems to count: of any type, computed in any type, near the ends of these, tested anywhere. None of them can fault.
/// </summary>
internal sealed partial class RandomLoops(int seed)
{
    private static readonly ScalarType[] Wide = [ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64];
    private static readonly ScalarType[] Integers = [ScalarType.I8, ScalarType.U8, ScalarType.I16, ScalarType.U16, .. Wide];

    private readonly Random _random = new(seed);
    private readonly RandomBodies _values = new(seed);

    // Most loops are meant to end: they move towards their limit.
    private bool _isMeant;
    private bool _rises;

    /// <summary>Makes an update.</summary>
    /// <returns>The method, over <see cref="BodyState"/>.</returns>
    public Method Update()
    {
        _isMeant = !OneIn(4);
        _rises = !OneIn(3);
        ScalarType type = OneOf(Integers);
        bool isLocal = !OneIn(3);
        Place counter = isLocal ? new VariablePlace("i") : State(Field(type));
        Read now = new(type, counter);
        Expression first = OneIn(3) ? Near(type) : OneIn(2) ? Any(type) : new FunctionCall(type, Function.Min, EquatableArray.Of(Any(type), Near(type)));
        List<Statement> body = [new Assign(State("Drift"), As(ScalarType.I64, now))], step = [];
        Assign move = new(counter, As(type, Moved(now)));
        if (OneIn(2))
            step.Add(move);
        else
            body.Insert(_random.Next(2), move);
        Expression head = Test(now);
        if (OneIn(4))
        {
            body.Insert(_random.Next(body.Count + 1), If(new Unary(UnaryOperator.Not, head), new Break()));
            head = new Constant(ScalarType.Bool, 1);
        }

        if (OneIn(4))
            body.Insert(_random.Next(body.Count + 1), If(Read.Field(ScalarType.Bool, "q", "Flag"), OneIn(2) ? new Continue() : new Break()));
        if (OneIn(10))
            body.Insert(_random.Next(body.Count + 1), If(Read.Field(ScalarType.Bool, "q", "Flag"), new Assign(counter, Near(type))));
        Let total = Total(body);
        Loop loop = new(head, OneIn(4), Block(body), Block(step), null, IsStated: false);
        Statement begin = isLocal ? new Let("i", first) : new Assign(counter, first);
        Statement[] after =
        [
            new Assign(State("Drift"), As(ScalarType.I64, now)),
            new Assign(State("Drift"), As(ScalarType.I64, Read.Variable(total.Value.Type, total.Name))),
        ];
        return new(
            "On",
            EquatableArray.Of(new Parameter("e", ParameterKind.Event, EventKind.BioQueue), new Parameter("q", ParameterKind.State)),
            Block(isLocal || !OneIn(3) ? [total, begin, loop, .. after] : [total, loop, .. after]));
    }

    private Expression Test(Read now)
    {
        ScalarType type = OneIn(_isMeant ? 12 : 4) ? OneOf(Wide) : Computed(now.Type);
        Expression value = As(type, OneIn(_isMeant ? 20 : 4) ? As(OneOf(Integers), now) : now);
        Expression limit = _isMeant && !_rises && OneIn(2) ? new Constant(type, 0)
            : OneIn(4) ? new Conversion(type, Any(OneOf([ScalarType.U8, ScalarType.I8])))
            : Near(type);
        BinaryOperator relation = !_isMeant ? BinaryOperator.Equal + _random.Next(6)
            : _rises ? OneOf([BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.NotEqual])
            : OneOf([BinaryOperator.Greater, BinaryOperator.GreaterOrEqual, BinaryOperator.NotEqual]);
        Expression test = _isMeant || OneIn(2) ? new Binary(ScalarType.Bool, relation, value, limit) : new Binary(ScalarType.Bool, relation, limit, value);
        return _random.Next(8) switch
        {
            0 => new Unary(UnaryOperator.Not, test),
            1 => new Binary(ScalarType.Bool, OneOf([BinaryOperator.AndAlso, BinaryOperator.OrElse]), test, Read.Field(ScalarType.Bool, "q", "Flag")),
            _ => test,
        };
    }

    private Expression Moved(Read now)
    {
        ScalarType type = OneIn(_isMeant ? 12 : 4) ? OneOf(Wide) : Computed(now.Type);
        Expression value = As(type, OneIn(_isMeant ? 20 : 4) ? As(OneOf(Integers), now) : now);
        Constant Small(int from, int to) => new(type, (ulong)(long)_random.Next(from, to));
        Expression moved = (_isMeant && !OneIn(8) ? _rises ? 7 : _random.Next(5) : _random.Next(8)) switch
        {
            0 => new Binary(type, BinaryOperator.ShiftRight, value, new Constant(ScalarType.I32, (ulong)_random.Next(0, 5))),
            1 => new Binary(type, BinaryOperator.Divide, value, Small(1, 11)),
            2 => new Binary(type, BinaryOperator.And, value, As(type, Less(value))),
            3 or 4 => new Binary(type, BinaryOperator.Subtract, value, Small(0, 4)),
            _ => new Binary(type, BinaryOperator.Add, value, !_isMeant && OneIn(3) && type.IsSigned() ? Small(-3, 100) : Small(1, 4)),
        };
        return OneIn(_isMeant ? 20 : 6) ? As(OneOf(Integers), moved) : moved;
    }

    private Expression Less(Expression value)
    {
        Binary less = new(value.Type, BinaryOperator.Subtract, value, new Constant(value.Type, 1));
        return OneIn(3) ? As(OneOf(Integers), less) : less;
    }

    // Near zero, or near an end of a type.
    private Expression Near(ScalarType type)
    {
        if (_isMeant && !OneIn(3))
            return new Constant(type, (ulong)_random.Next(0, 30));
        long end = OneOf<long>([0, 0, 10, 127, 128, 255, 256, 32767, 65535, int.MaxValue, uint.MaxValue, long.MaxValue, int.MinValue, long.MinValue]);
        return As(type, new Constant(ScalarType.I64, (ulong)unchecked(end + _random.Next(-5, 6))));
    }

    private Expression Any(ScalarType type) => Read.Field(type, "q", Field(type));

    private static string Field(ScalarType type) => BodyState.Scalars.Single(f => f.Scalar == type).Name;

    private static MemberPlace State(string field) => new(new VariablePlace("q"), field);

    private static ScalarType Computed(ScalarType type) => type.Size() < 4 ? ScalarType.I32 : type;

    /// <summary>An expression as one of a type; a constant as a constant.</summary>
    private static Expression As(ScalarType type, Expression e) => e switch
    {
        _ when e.Type == type => e,
        Constant { Bits: var bits } => new Constant(type, Inference.Bodies.Scalars.ToBits(Inference.Bodies.Scalars.FromBits(type, bits))),
        _ => new Conversion(type, e),
    };

    private static If If(Expression test, Statement then) => new(test, Block([then]), Block([]));

    private static Block Block(IEnumerable<Statement> statements) => new(statements.ToEquatableArray());

    private T OneOf<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private bool OneIn(int n) => _random.Next(n) == 0;

    /// <summary>Random bits of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The bits.</returns>
    public ulong Bits(ScalarType type) => _values.Bits(type);
}
