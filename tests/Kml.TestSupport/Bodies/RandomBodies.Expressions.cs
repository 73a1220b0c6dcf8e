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

    private ScalarType AnyType() => _random.Next(_scope.UseFloat ? 4 : 3) switch
    {
        0 => Wide[_random.Next(Wide.Length)],
        1 => Integers[_random.Next(Integers.Length)],
        2 => _random.Next(2) == 0 ? ScalarType.Q16 : ScalarType.Bool,
        _ => ScalarType.F32,
    };

    private ScalarType Number() => _random.Next(_scope.UseFloat ? 5 : 4) switch
    {
        < 3 => Integers[_random.Next(Integers.Length)],
        3 => ScalarType.Q16,
        _ => ScalarType.F32,
    };

    private Expression Of(ScalarType type, int depth)
    {
        if (depth == 0 || _random.Next(6) == 0)
            return Leaf(type, depth);
        if (OneIn(12) && Called(type, depth, mayWrite: false) is { } own)
            return own;
        if (OneIn(20))
        {
            int length = _random.Next(1, 10);
            return new Read(type, new ElementPlace(Table(type, length), Index(length, depth - 1), length));
        }

        if (_random.Next(8) == 0)
            return new Choice(Of(ScalarType.Bool, depth - 1), Of(type, depth - 1), Of(type, depth - 1));
        if (type == ScalarType.Bool)
            return Test(depth);
        int kind = _random.Next(10);
        if (kind < 3 || (kind < 8 && type.Size() < 4))
            return Converted(type, depth);
        if (kind == 3)
            return Listed(type, depth);
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
        switch (_random.Next(8))
        {
            case 7:
                return Listed(ScalarType.Bool, depth);
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
                    0 when _scope.UseFloat => ScalarType.F32,
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

    /// <summary>Any function that gives a type, in any of its forms that do.</summary>
    private FunctionCall Listed(ScalarType type, int depth)
    {
        (FunctionInfo Info, ScalarType[] Operands)[] functions =
        [
            .. FunctionCatalog.All
                .Select(i => (i, i.Operands.Where(o => i.ResultOf(o) == type && (_scope.UseFloat || o != ScalarType.F32)).ToArray()))
                .Where(f => f.Item2.Length > 0),
        ];
        (FunctionInfo info, ScalarType[] operands) = OneOf(functions);
        return new FunctionCall(type, info.Function, info.ParametersOf(OneOf(operands)).Select(p => Side(p, depth - 1)).ToEquatableArray());
    }

    private Expression Leaf(ScalarType type, int depth)
    {
        // Of constants fewer than of all else.
        return !OneIn(4) && PlaceOf(new ScalarData(type), isWritten: false, depth) is { } place ? new Read(type, place) : new Constant(type, Bits(type));
    }
}
