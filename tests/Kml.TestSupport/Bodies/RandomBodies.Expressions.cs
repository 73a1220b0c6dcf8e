using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.TestSupport;

/// <content>Expressions.</content>
public sealed partial class RandomBodies
{
    private static readonly ScalarType[] Wide = [ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64];
    private static readonly ScalarType[] Integers = [ScalarType.I8, ScalarType.U8, ScalarType.I16, ScalarType.U16, .. Wide];

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
            ScalarType[] signed = _float
                ? [ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64, ScalarType.F32]
                : [ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64];
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
