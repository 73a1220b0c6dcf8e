using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.Generators.Parsing.Bodies.Proofs;

/// <summary>
/// Finds the features that some way through a body leaves unwritten: they would keep what the last event left there. It goes through the body as control does,
/// with what is known of its integers; a loop of which every test is known is gone through turn by turn, into functions it follows the features. A way that has
/// written all of them need not be followed further.
/// </summary>
internal sealed class FeatureCoverage
{
    // Statements that are gone through turn by turn: some fifteen for each feature that a model may have.
    private const int MostSteps = 4_000;

    private readonly ModelFunctions _functions;
    private readonly Dictionary<(string Function, string Parameter, int Length), BigInteger> _written = [];
    private readonly ConditionalWeakTable<Loop, object> _steering = new();
    private readonly bool _isBrief;
    private int _steps;

    private FeatureCoverage(ModelFunctions functions, bool isBrief)
    {
        _functions = functions;
        _isBrief = isBrief;
    }

    /// <summary>Finds what is left unwritten.</summary>
    /// <param name="method">A features method.</param>
    /// <param name="count">How many features there are.</param>
    /// <param name="functions">The functions that it calls.</param>
    /// <returns>The indices, ascending.</returns>
    public static IReadOnlyList<int> Missing(Method method, int count, ModelFunctions functions)
    {
        string features = method.Parameters.Single(p => p.Kind == ParameterKind.Features).Name;
        FeatureCoverage whole = new(functions, isBrief: false);
        BigInteger written = whole.Written(method, features, count);

        // Where that is too much, loops that only add to the same features are gone through once.
        if (whole._steps > MostSteps)
            written |= new FeatureCoverage(functions, isBrief: true).Written(method, features, count);
        return Enumerable.Range(0, count).Where(i => ((written >> i) & 1).IsZero).ToList();
    }

    private static BigInteger Bits(int start, int length) => ((BigInteger.One << length) - 1) << start;

    /// <summary>What a body has written for sure wherever it returns.</summary>
    private BigInteger Written(Method method, string features, int length)
    {
        Frame frame = new(features, length);
        Way end = Past(method.Body, new Way(new Facts(method, _functions), BigInteger.Zero), frame);
        frame.Returns.Add(end);

        // What never returns has a fault, which leaves no features at all.
        return frame.Returns.Where(r => !r.IsGone).Aggregate(frame.All, (all, r) => all & r.Written);
    }

    private BigInteger WrittenBy(Method function, string parameter, int length)
    {
        if (!_written.TryGetValue((function.Name, parameter, length), out BigInteger written))
            _written.Add((function.Name, parameter, length), written = Written(function, parameter, length));
        return written;
    }

    /// <summary>Goes past a statement; the way is the statement's from here on.</summary>
    private Way Past(Statement statement, Way way, Frame frame)
    {
        if (way.IsGone || way.Written == frame.All)
            return Way.Gone;
        _steps++;
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
                return Meet([whenTrue, whenFalse]);
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
        BigInteger written = way.Written;
        Place? target = statement switch { Assign s => s.Target, Copy s => s.Target, Clear s => s.Target, _ => null };
        if (target is not null && Range(target, way.Facts, frame) is var (start, length))
            written |= Bits(start, length);
        foreach (Call call in Operands.Of(statement).SelectMany(Operands.All).OfType<Call>())
        {
            Method function = _functions[call.Name];
            foreach ((Argument argument, Parameter parameter) in call.Arguments.Zip(function.Parameters, (a, p) => (a, p)))
            {
                if (argument is PlaceArgument { Place: var place } && parameter is { IsWritten: true, Data: ArrayData { Length: var handed } }
                    && Range(place, way.Facts, frame) is { Start: var first, Length: > 0 })
                    written |= WrittenBy(function, parameter.Name, handed) << first;
            }
        }

        way.Facts.Pass(statement);
        return new Way(way.Facts, written & frame.All);
    }

    private Way PastSwitch(Switch s, Way way, Frame frame)
    {
        frame.Breaks.Push([]);
        List<Way> ends = s.Sections.Any(c => c.IsDefault) ? [] : [way];
        Way entered = Way.Gone;
        for (int i = 0; i < s.Sections.Count; i++)
        {
            Way start = new(way.Facts.Section(s, i), way.Written);
            Way end = Past(s.Sections[i].Body, Meet([start, entered]), frame);
            entered = s.Sections[i].FallsThrough ? end : Way.Gone;
            if (!s.Sections[i].FallsThrough)
                ends.Add(end);
        }

        ends.AddRange(frame.Breaks.Pop());
        return Meet(ends);
    }

    private Way PastLoop(Loop s, Way way, Frame frame)
    {
        Way before = way.Copy();
        bool isOnce = _isBrief && !IsSteering(s, frame);
        List<Way> ends = [];
        for (bool isFirst = true; !way.IsGone; isFirst = false)
        {
            bool? goesOn = isFirst && s.TestsLast ? true : way.Facts.Decide(s.Test);
            if (goesOn == false)
            {
                ends.Add(way);
                break;
            }

            // How many turns it takes is not known, or is too many: it may take none, or leave the body in any.
            if (goesOn is null || _steps > MostSteps)
                return PastAny(s, before, before.Written, frame);
            way = PastTurn(s, way, frame, ends);
            if (isOnce && !way.IsGone)
                return PastAny(s, before, ends.Aggregate(way.Written, (all, end) => all & end.Written), frame);
        }

        return Meet(ends);
    }

    private Way PastTurn(Loop s, Way way, Frame frame, List<Way> ends)
    {
        frame.Breaks.Push([]);
        frame.Continues.Push([]);
        way = Past(s.Body, way, frame);
        way = Meet([way, .. frame.Continues.Pop()]);
        ends.AddRange(frame.Breaks.Pop());
        return Past(s.Step, way, frame);
    }

    /// <summary>Goes past a loop, however many turns it takes, of which is known what it has written where it ends; it may return in any turn.</summary>
    private Way PastAny(Loop s, Way before, BigInteger written, Frame frame)
    {
        IReadOnlyDictionary<string, IntegerRange> values = before.Facts.Throughout(s);
        PastTurn(s, new Way(before.Facts.Turn(s, values), before.Written), frame, []);
        before.Facts.Pass(s, values);
        return new Way(before.Facts, written);
    }

    /// <summary>Whether a loop changes which features its turns write.</summary>
    private bool IsSteering(Loop loop, Frame frame) => (bool)_steering.GetValue(loop, l =>
    {
        HashSet<string> changed = [.. Changed(l)];
        return Operands.All(l)
            .SelectMany(s => Operands.Of(s).SelectMany(Operands.All).SelectMany(Operands.Places).Concat(Targets(s)))
            .Where(p => Operands.Root(p) == frame.Features)
            .SelectMany(Operands.Of)
            .SelectMany(Operands.All)
            .OfType<Read>()
            .Any(r => Operands.Root(r.Place) is { } root && changed.Contains(root));
    });

    private static IEnumerable<Place> Targets(Statement statement) => statement switch
    {
        Assign s => [s.Target],
        Copy s => [s.Target],
        Clear s => [s.Target],
        _ => [],
    };

    private static IEnumerable<string> Changed(Loop loop) => Operands.All(loop)
        .SelectMany(s => s is Let let ? [let.Name] : Targets(s).Select(Operands.Root).OfType<string>());

    private static Way Meet(IReadOnlyList<Way> ways)
    {
        Way[] reached = [.. ways.Where(w => !w.IsGone)];
        if (reached.Length == 0)
            return Way.Gone;
        if (reached.Length == 1)
            return reached[0];
        Facts facts = reached[0].Facts.Branch();
        facts.Meet([.. reached.Select(w => w.Facts)]);
        return new Way(facts, reached.Select(w => w.Written).Aggregate((a, b) => a & b));
    }

    /// <summary>The features in a place; null where they are not known.</summary>
    private static (int Start, int Length)? Range(Place place, Facts facts, Frame frame)
    {
        switch (place)
        {
            case VariablePlace { Name: var name } when name == frame.Features:
                return (0, frame.Length);
            case ElementPlace p when Range(p.Of, facts, frame) is var (start, length)
                && facts.Of(p.Index) is { IsExact: true } index && index.Min >= 0 && index.Min < length:
                return (start + (int)index.Min, 1);
            case SlicePlace p when Range(p.Of, facts, frame) is var (start, _):
                return (start + p.Start, p.Length);
            default:
                return null;
        }
    }

    /// <summary>A way through a body so far: what is known, and what is written.</summary>
    private sealed record Way(Facts Facts, BigInteger Written)
    {
        public static readonly Way Gone = new(new Facts(new Method(string.Empty, default, new Block(default)), new ModelFunctions([])), 0) { IsGone = true };

        public bool IsGone { get; private init; }

        public Way Branch(Expression test, bool holds) => new(Facts.Branch(test, holds), Written);

        public Way Copy() => new(Facts.Branch(), Written);
    }

    /// <summary>A body under way.</summary>
    private sealed class Frame(string features, int length)
    {
        public string Features { get; } = features;

        public int Length { get; } = length;

        public BigInteger All { get; } = Bits(0, length);

        public List<Way> Returns { get; } = [];

        public Stack<List<Way>> Breaks { get; } = new();

        public Stack<List<Way>> Continues { get; } = new();
    }
}
