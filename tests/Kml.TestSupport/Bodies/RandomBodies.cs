using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Model;

namespace Kml.TestSupport;

/// <summary>Makes random well-typed bodies over a state that has a field of every type, from a seed.</summary>
public sealed class RandomBodies(int seed)
{
    /// <summary>A state with a field of every type that state can have.</summary>
    public static readonly EquatableArray<FieldSpec> State = EquatableArray.Of(
        new FieldSpec("Flag", ScalarType.Bool),
        new FieldSpec("Tiny", ScalarType.I8),
        new FieldSpec("Level", ScalarType.U8),
        new FieldSpec("Small", ScalarType.I16),
        new FieldSpec("Word", ScalarType.U16),
        new FieldSpec("Balance", ScalarType.I32),
        new FieldSpec("Waiting", ScalarType.U32),
        new FieldSpec("Drift", ScalarType.I64),
        new FieldSpec("HeadSector", ScalarType.U64),
        new FieldSpec("Ratio", ScalarType.Q16));

    private static readonly ScalarType[] Wide = [ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64];
    private static readonly ScalarType[] Integers = [ScalarType.I8, ScalarType.U8, ScalarType.I16, ScalarType.U16, .. Wide];
    private static readonly ulong[] Edges =
    [
        0, 1, 2, 3, 31, 32, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000,
        0x7fffffffffffffff, 0x8000000000000000, 0x8000008000000001, ulong.MaxValue, ulong.MaxValue - 1, unchecked((ulong)-32768), unchecked((ulong)int.MinValue),
    ];

    private static readonly float[] FloatEdges =
    [
        0f, -0f, 1f, -1f, 0.5f, 0.1f, 255f, 256.5f, -300f, 65536f, 2147483648f, -2147483648f, 4294967296f, 9.223372E18f, -9.223372E18f, 1.8446744E19f, 1e30f,
        float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    // On either side of an operator, where compilers fold: zeros, units, and what absorbs, overflows or vanishes.
    private static readonly float[] FloatSides =
    [
        0f, -0f, 1f, -1f, 2f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        float.Epsilon, -float.Epsilon, 1.17549435E-38f, float.MaxValue, float.MinValue,
    ];

    private static readonly long[] WholeSides = [0, 1, -1, 2, 31, 32, 63, 64, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    private readonly Random _random = new(seed);
    private List<(string Name, ScalarType Type)> _variables = [];
    private List<(string Parameter, FieldSpec Field)> _fields = [];
    private bool _float;
    private int _names;

    /// <summary>Makes an update: on an event of bio_queue, without floating point.</summary>
    /// <returns>The method.</returns>
    public Method Update() => Make("On", [Event("e", EventKind.BioQueue), StateParameter], useFloat: false, depth => Body(depth, Effect.State));

    /// <summary>Makes the features of an event.</summary>
    /// <param name="type">F32, I32 or Q16.</param>
    /// <param name="count">How many.</param>
    /// <returns>The method.</returns>
    public Method Features(ScalarType type, int count) => Make(
        "Extract",
        [Event("e", EventKind.BioQueue), StateParameter, new("x", ParameterKind.Features, null, type)],
        type == ScalarType.F32,
        depth => [.. Body(depth, Effect.None), .. Enumerable.Range(0, count).Select(i => new AssignFeature(i, Of(type, 4)))]);

    /// <summary>Makes a label.</summary>
    /// <param name="type">F32, I32, Q16 or U32.</param>
    /// <returns>The method.</returns>
    public Method Label(ScalarType type) => Make(
        "Label",
        [Event("a", EventKind.BioQueue), Event("b", EventKind.BlockComplete)],
        type == ScalarType.F32,
        depth => [.. Body(depth, Effect.Return(type)), new Return(Of(type, 5))]);

    /// <summary>Makes a verdict.</summary>
    /// <param name="type">The label's type.</param>
    /// <returns>The method.</returns>
    public Method Verdict(ScalarType type) => Make(
        "Verdict",
        [Event("e", EventKind.BioQueue), new("value", ParameterKind.Scalar, null, type)],
        type == ScalarType.F32,
        depth => [.. Body(depth, Effect.None), new Return(Of(ScalarType.Bool, 5))]);

    /// <summary>Makes a policy.</summary>
    /// <param name="type">The label's type.</param>
    /// <returns>The method.</returns>
    public Method Policy(ScalarType type) => Make(
        "Act",
        [Event("e", EventKind.BioQueue), new("value", ParameterKind.Scalar, null, type)],
        type == ScalarType.F32,
        depth => Body(depth, Effect.Lever));

    /// <summary>The constants of a type that an operator may treat as special, on either of its sides.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The constants, zero first.</returns>
    public static IReadOnlyList<Constant> Sides(ScalarType type) => type == ScalarType.F32
        ? [.. FloatSides.Select(f => new Constant(type, BitConverter.SingleToUInt32Bits(f)))]
        : [.. WholeSides.Select(w => new Constant(type, type == ScalarType.Bool ? (ulong)w & 1 : Scalars.ToBits(Scalars.FromBits(type, (ulong)w)))).Distinct()];

    /// <summary>Random bits that are likely to find an edge.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The bits, as a constant of the type has them.</returns>
    public ulong Bits(ScalarType type)
    {
        if (type == ScalarType.F32)
        {
            float value = _random.Next(3) == 0 ? _random.Next(-100000, 100000) / 64f : FloatEdges[_random.Next(FloatEdges.Length)];
            return BitConverter.SingleToUInt32Bits(_random.Next(8) == 0 ? BitConverter.UInt32BitsToSingle((uint)_random.NextInt64()) : value);
        }

        ulong bits = _random.Next(4) switch
        {
            0 => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
            1 => (ulong)(long)_random.Next(-9, 10),
            _ => Edges[_random.Next(Edges.Length)],
        };
        return type == ScalarType.Bool ? bits & 1 : Scalars.ToBits(Scalars.FromBits(type, bits));
    }

    private static Parameter StateParameter => new("q", ParameterKind.State);

    private static Parameter Event(string name, EventKind kind) => new(name, ParameterKind.Event, kind);

    private Method Make(string name, Parameter[] parameters, bool useFloat, Func<int, IEnumerable<Statement>> body)
    {
        _float = useFloat;
        _names = 0;
        _variables = [.. parameters.Where(p => p.Kind == ParameterKind.Scalar).Select(p => (p.Name, p.Type))];
        _fields =
        [
            .. from p in parameters
               where p.Kind is ParameterKind.Event or ParameterKind.State
               from f in p.Kind == ParameterKind.State ? State : p.Event!.Value.Info().Fields
               select (p.Name, f),
        ];
        return new(name, parameters.ToEquatableArray(), new(body(2).ToEquatableArray()));
    }

    private sealed record Effect(bool OnState, bool OnEvent, ScalarType? Value)
    {
        public static readonly Effect None = new(false, false, null);
        public static readonly Effect State = new(true, false, null);
        public static readonly Effect Lever = new(false, true, null);

        public static Effect Return(ScalarType type) => new(false, false, type);
    }

    private List<Statement> Body(int depth, Effect effect)
    {
        List<Statement> statements = [];
        int visible = _variables.Count;
        int count = _random.Next(1, 5);
        for (int i = 0; i < count; i++)
            statements.Add(OneStatement(depth, effect));
        _variables.RemoveRange(visible, _variables.Count - visible);
        return statements;
    }

    private Statement OneStatement(int depth, Effect effect)
    {
        int kind = _random.Next(10);
        if (kind < 3)
        {
            ScalarType type = AnyType();
            Let let = new($"local{++_names}", Of(type, 4));
            _variables.Add((let.Name, type));
            return let;
        }

        if (kind < 6 && depth > 0)
        {
            return new If(
                Of(ScalarType.Bool, 4),
                new(Body(depth - 1, effect).ToEquatableArray()),
                _random.Next(2) == 0 ? new(default) : new(Body(depth - 1, effect).ToEquatableArray()));
        }

        if (kind == 6 && effect.Value is ScalarType value)
            return new Return(Of(value, 4));
        if (effect.OnState)
        {
            FieldSpec field = State[_random.Next(State.Count)];
            return new AssignState("q", field.Name, Of(field.Type, 4));
        }

        if (effect.OnEvent)
            return new PullLever(Lever.RaisePriority, EquatableArray.Of(Of(ScalarType.U32, 2)));
        (string Name, ScalarType Type)[] locals = [.. _variables.Where(v => v.Name.StartsWith("local", StringComparison.Ordinal))];
        if (locals.Length == 0)
            return new Block(default);
        (string Name, ScalarType Type) local = locals[_random.Next(locals.Length)];
        return new AssignVariable(local.Name, Of(local.Type, 4));
    }

    private ScalarType AnyType() => _random.Next(_float ? 4 : 3) switch
    {
        0 => Wide[_random.Next(Wide.Length)],
        1 => Integers[_random.Next(Integers.Length)],
        2 => _random.Next(2) == 0 ? ScalarType.Q16 : ScalarType.Bool,
        _ => ScalarType.F32,
    };

    private ScalarType Number() => _random.Next(_float ? 5 : 4) switch
    {
        < 3 => Integers[_random.Next(Integers.Length)],
        3 => ScalarType.Q16,
        _ => ScalarType.F32,
    };

    private Expression Of(ScalarType type, int depth)
    {
        if (depth == 0 || _random.Next(6) == 0)
            return Leaf(type);
        if (_random.Next(8) == 0)
            return new Choice(Of(ScalarType.Bool, depth - 1), Of(type, depth - 1), Of(type, depth - 1));
        if (type == ScalarType.Bool)
            return Test(depth);
        int kind = _random.Next(10);
        if (kind < 3 || (kind < 8 && type.Size() < 4))
            return Converted(type, depth);
        if (kind == 3)
            return Call(type, depth);
        if (kind == 4 && type != ScalarType.U32 && type != ScalarType.U64)
            return type.Size() < 4 ? Converted(type, depth) : new Unary(UnaryOperator.Negate, Of(type, depth - 1));
        if (Wide.Contains(type))
            return Arithmetic(type, depth, kind);
        return type is ScalarType.F32 or ScalarType.Q16
            ? new Binary(type, (BinaryOperator)_random.Next(5), Side(type, depth - 1), Side(type, depth - 1))
            : Converted(type, depth);
    }

    private Expression Arithmetic(ScalarType type, int depth, int kind)
    {
        if (kind == 5)
            return new Unary(UnaryOperator.Complement, Of(type, depth - 1));
        BinaryOperator operation = (BinaryOperator)_random.Next((int)BinaryOperator.ShiftRight + 1);
        ScalarType right = operation is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight ? ScalarType.I32 : type;
        return new Binary(type, operation, Side(type, depth - 1), Side(right, depth - 1));
    }

    private Expression Side(ScalarType type, int depth)
    {
        if (_random.Next(4) != 0)
            return Of(type, depth);
        IReadOnlyList<Constant> sides = Sides(type);
        return sides[_random.Next(3) == 0 ? _random.Next(2) : _random.Next(sides.Count)];
    }

    private Expression Test(int depth)
    {
        switch (_random.Next(7))
        {
            case 0:
                return new Unary(UnaryOperator.Not, Of(ScalarType.Bool, depth - 1));
            case 1 or 2:
                BinaryOperator logic = _random.Next(2) == 0 ? BinaryOperator.AndAlso : BinaryOperator.OrElse;
                return new Binary(ScalarType.Bool, logic, Of(ScalarType.Bool, depth - 1), Of(ScalarType.Bool, depth - 1));
            case 3:
                BinaryOperator[] both = [BinaryOperator.And, BinaryOperator.Or, BinaryOperator.Xor, BinaryOperator.Equal, BinaryOperator.NotEqual];
                return new Binary(ScalarType.Bool, both[_random.Next(both.Length)], Of(ScalarType.Bool, depth - 1), Of(ScalarType.Bool, depth - 1));
            default:
                ScalarType type = _random.Next(5) switch
                {
                    0 when _float => ScalarType.F32,
                    1 => ScalarType.Q16,
                    _ => Wide[_random.Next(Wide.Length)],
                };
                BinaryOperator comparison = BinaryOperator.Equal + _random.Next(6);
                return new Binary(ScalarType.Bool, comparison, Side(type, depth - 1), Side(type, depth - 1));
        }
    }

    private Expression Converted(ScalarType type, int depth)
    {
        ScalarType from = Number();
        return from == type ? Of(type, depth - 1) : new Conversion(type, Of(from, depth - 1));
    }

    private Expression Call(ScalarType type, int depth)
    {
        if (type == ScalarType.I32 && _random.Next(3) == 0)
        {
            ScalarType[] signed = _float ? [ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64, ScalarType.F32] : [ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64];
            return new FunctionCall(type, Function.Sign, EquatableArray.Of(Of(signed[_random.Next(signed.Length)], depth - 1)));
        }

        Function function = _random.Next(4) switch
        {
            0 when type.IsSigned() || type is ScalarType.F32 or ScalarType.Q16 => Function.Abs,
            1 when type != ScalarType.Q16 => Function.Clamp,
            2 => Function.Min,
            _ => Function.Max,
        };
        int arguments = function switch { Function.Abs => 1, Function.Clamp => 3, _ => 2 };
        return new FunctionCall(type, function, Enumerable.Range(0, arguments).Select(_ => Side(type, depth - 1)).ToEquatableArray());
    }

    private Expression Leaf(ScalarType type)
    {
        List<Expression> leaves =
        [
            .. _variables.Where(v => v.Type == type).Select(v => new Variable(type, v.Name)),
            .. _fields.Where(f => f.Field.Type == type).Select(f => new FieldRead(type, f.Parameter, f.Field.Name)),
        ];
        int choice = _random.Next(leaves.Count + 1 + (leaves.Count / 3));
        return choice < leaves.Count ? leaves[choice] : new Constant(type, Bits(type));
    }
}
