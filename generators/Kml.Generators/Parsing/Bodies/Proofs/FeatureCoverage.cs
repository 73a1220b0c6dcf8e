using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.Generators.Parsing.Bodies.Proofs;

/// <summary>
/// Finds the features that some way through a body leaves unwritten: they would keep what the last event left there. It goes through the body as control does,
/// with what is known of its integers; a loop of which every test is known is gone through turn by turn, into functions it follows the features.
/// </summary>
internal sealed class FeatureCoverage
{
    // More than any features need: where it is passed, loops count for nothing.
    private const int MostSteps = 20_000;

    private readonly int _count;
    private readonly ModelFunctions _functions;
    private int _steps;

    private FeatureCoverage(int count, ModelFunctions functions)
    {
        _count = count;
        _functions = functions;
    }

    /// <summary>Finds what is left unwritten.</summary>
    /// <param name="method">A features method.</param>
    /// <param name="count">How many features there are.</param>
    /// <param name="functions">The functions that it calls.</param>
    /// <returns>The indices, ascending.</returns>
    public static IReadOnlyList<int> Missing(Method method, int count, ModelFunctions functions)
    {
        string features = method.Parameters.Single(p => p.Kind == ParameterKind.Features).Name;
        HashSet<int> written = new FeatureCoverage(count, functions).Written(method, features, new Facts(method, functions), 0, count);
        return Enumerable.Range(0, count).Where(i => !written.Contains(i)).ToList();
    }

    /// <summary>What a body has written for sure wherever it returns.</summary>
    private HashSet<int> Written(Method method, string features, Facts facts, int start, int length)
    {
        Frame frame = new(features, start, length);
        Way end = Past(method.Body, new Way(facts, []), frame);
        frame.Returns.Add(end);
        Way[] returns = [.. frame.Returns.Where(r => !r.IsGone)];

        // What never returns has a fault, which leaves no features at all.
        return returns.Length == 0 ? new(Enumerable.Range(0, _count)) : returns.Select(r => r.Written).Aggregate((a, b) => [.. a.Intersect(b)]);
    }

    private Way Past(Statement statement, Way way, Frame frame)
    {
        if (way.IsGone)
            return way;
        switch (statement)
        {
            case Block s:
                foreach (Statement inner in s.Statements)
                    way = Past(inner, way, frame);
                return way;
            case If s:
                bool? known = way.Facts.Decide(s.Test);
                Way whenTrue = known == false ? Way.Gone : Past(s.WhenTrue, way.Branch(s.Test, true), frame);
                Way whenFalse = known == true ? Way.Gone : Past(s.WhenFalse, way.Branch(s.Test, false), frame);
                return Meet(way, [whenTrue, whenFalse]);
            case Switch s:
                return PastSwitch(s, way, frame);
            case Loop s:
                return PastLoop(s, way, frame);
            case Break:
                frame.Breaks.Peek().Add(way);
                return Way.Gone;
            case Continue:
                frame.Continues.Peek().Add(way);
                return Way.Gone;
            case Return:
                frame.Returns.Add(way);
                return Way.Gone;
            case Fail:
                return Way.Gone;
            default:
                return PastSimple(statement, way, frame);
        }
    }

    private Way PastSimple(Statement statement, Way way, Frame frame)
    {
        HashSet<int> written = [.. way.Written];
        Place? target = statement switch { Assign s => s.Target, Copy s => s.Target, Clear s => s.Target, _ => null };
        if (target is not null)
            written.UnionWith(Indices(target, way.Facts, frame));
        foreach (Call call in Operands.Of(statement).SelectMany(Operands.All).OfType<Call>())
        {
            Method function = _functions[call.Name];
            foreach ((Argument argument, Parameter parameter) in call.Arguments.Zip(function.Parameters, (a, p) => (a, p)))
            {
                if (argument is PlaceArgument { Place: var place } && parameter is { IsWritten: true, Data: ArrayData { Length: var length } }
                    && Operands.Root(place) == frame.Features && Indices(place, way.Facts, frame).ToList() is { Count: > 0 } handed)
                    written.UnionWith(Written(function, parameter.Name, new Facts(function, _functions), handed[0], length));
            }
        }

        Facts facts = way.Facts.Branch();
        facts.Pass(statement);
        return new Way(facts, written);
    }

    private Way PastSwitch(Switch s, Way way, Frame frame)
    {
        frame.Breaks.Push([]);
        List<Way> ends = s.Sections.Any(c => c.IsDefault) ? [] : [way];
        Way entered = Way.Gone;
        for (int i = 0; i < s.Sections.Count; i++)
        {
            Way start = new(way.Facts.Section(s, i), way.Written);
            Way end = Past(s.Sections[i].Body, Meet(way, [start, entered]), frame);
            entered = s.Sections[i].FallsThrough ? end : Way.Gone;
            if (!s.Sections[i].FallsThrough)
                ends.Add(end);
        }

        ends.AddRange(frame.Breaks.Pop());
        return Meet(way, ends);
    }

    private Way PastLoop(Loop s, Way way, Frame frame)
    {
        Way before = way;
        List<Way> ends = [];
        for (bool isFirst = true; !way.IsGone; isFirst = false)
        {
            bool? goesOn = isFirst && s.TestsLast ? true : way.Facts.Decide(s.Test);
            if (goesOn == false)
            {
                ends.Add(way);
                return Meet(way, ends);
            }

            // How many turns it takes is not known, or is too many: it may take none, or leave the body in any.
            if (goesOn is null || ++_steps > MostSteps)
            {
                frame.Breaks.Push([]);
                frame.Continues.Push([]);
                Past(s.Body, new Way(before.Facts.Turn(s), before.Written), frame);
                frame.Breaks.Pop();
                frame.Continues.Pop();
                Facts facts = before.Facts.Branch();
                facts.Pass(s);
                return new Way(facts, before.Written);
            }

            frame.Breaks.Push([]);
            frame.Continues.Push([]);
            way = Past(s.Body, way, frame);
            way = Meet(way, [way, .. frame.Continues.Pop()]);
            ends.AddRange(frame.Breaks.Pop());
            way = Past(s.Step, way, frame);
        }

        return Meet(way, ends);
    }

    private static Way Meet(Way at, IReadOnlyList<Way> ways)
    {
        Way[] reached = [.. ways.Where(w => !w.IsGone)];
        if (reached.Length == 0)
            return Way.Gone;
        if (reached.Length == 1)
            return reached[0];
        Facts facts = reached[0].Facts.Branch();
        facts.Meet([.. reached.Select(w => w.Facts)]);
        return new Way(facts, reached.Select(w => w.Written).Aggregate((a, b) => [.. a.Intersect(b)]));
    }

    /// <summary>The features in a place.</summary>
    private static IEnumerable<int> Indices(Place place, Facts facts, Frame frame)
    {
        switch (place)
        {
            case VariablePlace { Name: var name } when name == frame.Features:
                return Enumerable.Range(frame.Start, frame.Length);
            case ElementPlace p when facts.Of(p.Index) is { IsExact: true } index && index.Min >= 0:
                return Indices(p.Of, facts, frame).Skip((int)System.Numerics.BigInteger.Min(index.Min, p.Length)).Take(1);
            case SlicePlace p:
                return Indices(p.Of, facts, frame).Skip(p.Start).Take(p.Length);
            default:
                return [];
        }
    }

    /// <summary>A way through a body so far: what is known, and what is written.</summary>
    private sealed record Way(Facts Facts, HashSet<int> Written)
    {
        public static readonly Way Gone = new(new Facts(new Method(string.Empty, default, new Block(default)), new ModelFunctions([])), []) { IsGone = true };

        public bool IsGone { get; private init; }

        public Way Branch(Expression test, bool holds) => new(Facts.Branch(test, holds), Written);
    }

    /// <summary>A body under way.</summary>
    private sealed class Frame(string features, int start, int length)
    {
        public string Features { get; } = features;

        public int Start { get; } = start;

        public int Length { get; } = length;

        public List<Way> Returns { get; } = [];

        public Stack<List<Way>> Breaks { get; } = new();

        public Stack<List<Way>> Continues { get; } = new();
    }
}
