using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.TestSupport;

/// <content>Statements.</content>
public sealed partial class RandomBodies
{
    private List<Statement> Body(int depth)
    {
        List<Statement> statements = [];
        int visible = _scope.Roots.Count;
        int count = _random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            _scope.Spent += _scope.Weight;
            statements.AddRange(Some(depth));
        }

        _scope.Roots.RemoveRange(visible, _scope.Roots.Count - visible);
        return statements;
    }

    private Block Within(int depth) => new(Body(depth).ToEquatableArray());

    private IEnumerable<Statement> Some(int depth)
    {
        int kind = _random.Next(28);
        if (kind < 5)
            return [Local()];
        if (kind < 7)
            return [Declared()];
        if (kind < 12 && depth > 0)
            return [new If(Of(ScalarType.Bool, 4), Within(depth - 1), OneIn(2) ? new(default) : Within(depth - 1))];
        if (kind < 14 && depth > 0)
            return [Choose(depth)];
        if (kind < 18 && depth > 0 && Looped(depth) is { } loop)
            return loop;
        return [Simple(kind)];
    }

    private Statement Simple(int kind) => kind switch
    {
        18 when OneIn(2) => new Return(_scope.Effect.Value is { } value ? Of(value, 4) : null),
        19 when Copied() is { } copy => copy,
        20 when WholePlace() is var (place, data) => new Clear(place, data),
        21 when Called(null, 3, mayWrite: true) is { } call => new Evaluate(call),
        22 when _scope.CanBreak => new If(Of(ScalarType.Bool, 3), new(EquatableArray.Of<Statement>(new Break())), new(default)),
        23 when _scope.CanContinue => new If(Of(ScalarType.Bool, 3), new(EquatableArray.Of<Statement>(new Continue())), new(default)),
        24 when OneIn(3) => new If(
            Of(ScalarType.Bool, 2),
            new(EquatableArray.Of<Statement>(OneIn(3) ? new Fail(OneOf(Enum.GetValues<Fault>())) : new Evaluate(Of(AnyType(), 2)))),
            new(default)),
        _ when _scope.Effect.Acts is { } acts && OneIn(2) => Pulled(acts),
        _ => Assigned(),
    };

    private Let Local()
    {
        ScalarType type = AnyType();
        Expression value = OneIn(4) && Called(type, 3, mayWrite: true) is { } call ? call : Of(type, 4);
        Let let = new(Named("local"), value);
        _scope.Roots.Add(new(let.Name, new ScalarData(type), true));
        return let;
    }

    private Declare Declared()
    {
        Declare local = new(Named("whole"), OneOf(BodyState.Wholes));
        _scope.Roots.Add(new(local.Name, local.Data, true));
        return local;
    }

    private Statement Assigned()
    {
        ScalarType type = AnyType();
        Place? place = PlaceOf(new ScalarData(type), isWritten: true, 2);
        if (place is null)
            return new Block(default);
        bool isLocal = place is VariablePlace { Name: var name } && _scope.Roots.Single(r => r.Name == name).Parameter is null;
        return new Assign(place, OneIn(4) && Called(type, 3, isLocal) is { } call ? call : Changed(place, type));
    }

    private Expression Changed(Place place, ScalarType type) => !OneIn(3) || !Wide.Contains(type)
        ? Of(type, 4)
        : new Binary(type, (BinaryOperator)_random.Next((int)BinaryOperator.Xor + 1), new Read(type, place), Side(type, 3));

    private (Place Place, DataType Data)? WholePlace()
    {
        DataType data = OneOf(BodyState.Wholes);
        return PlaceOf(data, isWritten: true, 2) is { } place ? (place, data) : null;
    }

    private Copy? Copied() =>
        WholePlace() is var (target, data) && PlaceOf(data, isWritten: false, 2) is { } source ? new Copy(target, source, data) : null;

    private PullLever Pulled(EventInfo acts)
    {
        LeverInfo lever = OneOf(acts.Levers);
        return new PullLever("e", lever.Lever, lever.Parameters.Select(p => Of(p.Type, 2)).ToEquatableArray());
    }

    private Switch Choose(int depth)
    {
        ScalarType type = OneOf([.. Integers, ScalarType.Bool]);
        ulong[] labels = [.. Enumerable.Range(0, 8).Select(_ => OneIn(3) ? Bits(type) : Kept(type, _random.Next(4))).Distinct()];
        int count = _random.Next(1, 5), taken = 0, other = _random.Next(count + 1);
        bool couldBreak = _scope.CanBreak;
        _scope.CanBreak = true;
        List<SwitchSection> sections = [];
        for (int i = 0; i < count; i++)
        {
            int some = Math.Min(_random.Next(i == other ? 0 : 1, 3), labels.Length - taken);
            if (some == 0 && i != other)
                continue;
            List<Statement> body = OneIn(5) ? [] : Body(depth - 1);
            if (_scope.CanContinue && OneIn(5))
                body.Add(new Continue());
            else if (OneIn(4))
                body.Add(new Break());
            sections.Add(new(labels.Skip(taken).Take(some).ToEquatableArray(), i == other, new(body.ToEquatableArray()), OneIn(3)));
            taken += some;
        }

        _scope.CanBreak = couldBreak;
        if (sections.Count == 0)
            sections.Add(new(default, true, Within(depth - 1), false));
        sections[^1] = sections[^1] with { FallsThrough = false };
        return new(OneIn(2) ? Of(type, 3) : Nearby(type), sections.ToEquatableArray());
    }

    // A value of which some label is likely.
    private Expression Nearby(ScalarType type) => type == ScalarType.Bool
        ? Of(type, 3)
        : Converted(type, new Binary(ScalarType.U32, BinaryOperator.And, Of(ScalarType.U32, 2), Whole(ScalarType.U32, 3)));

    private static ulong Kept(ScalarType type, long value) => type == ScalarType.Bool ? (ulong)value & 1 : (ulong)value;

    private static Expression Converted(ScalarType type, Expression value) => value.Type == type ? value : new Conversion(type, value);
}
