using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.TestSupport;

/// <summary>Makes random well-typed bodies over a state that has a field of every type, from a seed.</summary>
public sealed partial class RandomBodies(int seed)
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

    private static readonly EventInfo[] Acting = [.. EventCatalog.All.Where(e => e.Levers.Count > 0)];

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

    /// <summary>Makes a policy, at one of the events that have levers; it pulls any of them.</summary>
    /// <param name="type">The label's type.</param>
    /// <returns>The method.</returns>
    public Method Policy(ScalarType type)
    {
        EventInfo at = OneOf(Acting);
        return Make(
            "Act",
            [Event("e", at.Kind), new("value", ParameterKind.Scalar, null, type)],
            type == ScalarType.F32,
            depth => Body(depth, Effect.LeverAt(at)));
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

    // Without a choice nothing is drawn: what a seed once found, it finds again.
    private T OneOf<T>(IReadOnlyList<T> from) => from.Count == 1 ? from[0] : from[_random.Next(from.Count)];

    private sealed record Effect(bool OnState, EventInfo? Acts, ScalarType? Value)
    {
        public static readonly Effect None = new(false, null, null);
        public static readonly Effect State = new(true, null, null);

        public static Effect LeverAt(EventInfo info) => new(false, info, null);

        public static Effect Return(ScalarType type) => new(false, null, type);
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

        if (effect.Acts is not null)
        {
            LeverInfo lever = OneOf(effect.Acts.Levers);
            return new PullLever(lever.Lever, lever.Parameters.Select(p => Of(p.Type, 2)).ToEquatableArray());
        }

        (string Name, ScalarType Type)[] locals = [.. _variables.Where(v => v.Name.StartsWith("local", StringComparison.Ordinal))];
        if (locals.Length == 0)
            return new Block(default);
        (string Name, ScalarType Type) local = locals[_random.Next(locals.Length)];
        return new AssignVariable(local.Name, Of(local.Type, 4));
    }
}
