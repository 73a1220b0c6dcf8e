using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.TestSupport;

/// <summary>Makes random well-typed bodies that end, over a state that has a field of every type, from a seed.</summary>
public sealed partial class RandomBodies(int seed)
{
    private static readonly EventInfo[] Acting = [.. EventCatalog.All.Where(e => e.Levers.Count > 0)];

    private readonly Random _random = new(seed);
    private Scope _scope = new(false, Effect.None, []);
    private List<Made> _functions = [];
    private int _names;

    /// <summary>The functions that the body that was made last can call, each after those that it calls itself.</summary>
    public EquatableArray<Method> Functions => _functions.Select(f => f.Method).ToEquatableArray();

    /// <summary>Makes an update: on an event of bio_queue, without floating point.</summary>
    /// <returns>The method.</returns>
    public Method Update() => Make("On", [Event("e", EventKind.BioQueue), StateParameter], useFloat: false, Effect.State, () => Body(2));

    /// <summary>Makes the features of an event.</summary>
    /// <param name="type">F32, I32 or Q16.</param>
    /// <param name="count">How many.</param>
    /// <returns>The method.</returns>
    public Method Features(ScalarType type, int count) => Make(
        "Extract",
        [Event("e", EventKind.BioQueue), StateParameter, new("x", ParameterKind.Features, null, type)],
        type == ScalarType.F32,
        Effect.None,
        () => [.. Body(2), .. Enumerable.Range(0, count).Select(i => Assign.Feature("x", i, count, Of(type, 4)))]);

    /// <summary>Makes a label.</summary>
    /// <param name="type">F32, I32, Q16 or U32.</param>
    /// <returns>The method.</returns>
    public Method Label(ScalarType type) => Make(
        "Label",
        [Event("a", EventKind.BioQueue), Event("b", EventKind.BlockComplete)],
        type == ScalarType.F32,
        Effect.Return(type),
        () => [.. Body(2), new Return(Of(type, 5))]);

    /// <summary>Makes a verdict.</summary>
    /// <param name="type">The label's type.</param>
    /// <returns>The method.</returns>
    public Method Verdict(ScalarType type) => Make(
        "Verdict",
        [Event("e", EventKind.BioQueue), new("value", ParameterKind.Scalar, null, type)],
        type == ScalarType.F32,
        Effect.Return(ScalarType.Bool),
        () => [.. Body(2), new Return(Of(ScalarType.Bool, 5))]);

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
            Effect.LeverAt(at),
            () => Body(2));
    }

    private static Parameter StateParameter => new("q", ParameterKind.State);

    private static Parameter Event(string name, EventKind kind) => new(name, ParameterKind.Event, kind);

    private Method Make(string name, Parameter[] parameters, bool useFloat, Effect effect, Func<IEnumerable<Statement>> body)
    {
        _names = 0;
        _functions = [];
        int functions = _random.Next(4);
        for (int i = 0; i < functions; i++)
            MakeFunction(parameters, useFloat, effect);
        _scope = new(useFloat, effect, [.. parameters.Where(p => p.Kind != ParameterKind.Features).Select(p => Given(p, effect))]);
        return Proven(new(name, parameters.ToEquatableArray(), new(body().ToEquatableArray())));
    }

    /// <summary>A method all of whose loops have a bound: what is not proven ends by one that is stated.</summary>
    private Method Proven(Method method)
    {
        Method proven = LoopBounds.Prove(method, new ModelFunctions(Functions), []);
        return proven with { Body = Stated(proven.Body) };
    }

    private Block Stated(Block block) => new(block.Statements.Select(s => s switch
    {
        Block inner => Stated(inner),
        If branch => new If(branch.Test, Stated(branch.WhenTrue), Stated(branch.WhenFalse)),
        Switch choice => choice with { Sections = choice.Sections.Select(c => c with { Body = Stated(c.Body) }).ToEquatableArray() },
        Loop loop => loop with
        {
            Body = Stated(loop.Body),
            Step = Stated(loop.Step),
            Bound = loop.Bound ?? _random.Next(1, 7),
            IsStated = loop.IsStated || loop.Bound is null,
        },
        _ => s,
    }).ToEquatableArray());

    private T OneOf<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private bool OneIn(int n) => _random.Next(n) == 0;

    private string Named(string stem) => $"{stem}{++_names}";

    /// <summary>What a body is for beside what it does to its own variables.</summary>
    private sealed record Effect(bool OnState, EventInfo? Acts, ScalarType? Value)
    {
        public static readonly Effect None = new(false, null, null);
        public static readonly Effect State = new(true, null, null);

        public static Effect LeverAt(EventInfo info) => new(false, info, null);

        public static Effect Return(ScalarType type) => new(false, null, type);
    }

    /// <summary>Where a body is being made.</summary>
    /// <param name="useFloat">Whether floating point may be used.</param>
    /// <param name="effect">What it is for.</param>
    /// <param name="roots">The variables that are seen.</param>
    private sealed class Scope(bool useFloat, Effect effect, List<Root> roots)
    {
        public bool UseFloat { get; } = useFloat;

        public Effect Effect { get; } = effect;

        public List<Root> Roots { get; } = roots;

        public bool CanBreak { get; set; }

        public bool CanContinue { get; set; }

        /// <summary>How often what stands here is done at the most.</summary>
        public int Weight { get; set; } = 1;

        /// <summary>How much the body does at the most, so far.</summary>
        public int Spent { get; set; }
    }
}
