using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering.Ranges;

namespace Kml.Model.Lowering.Budgets;

/// <summary>
/// Counts what one call of a body does at the most, and the checks in it. It goes through the body as whoever writes its C does, with the same facts at hand,
/// so that a check counts where the C has it.
/// </summary>
internal sealed class BodyCount
{
    private readonly ModelFunctions _functions;
    private readonly IReadOnlyDictionary<string, long> _called;
    private readonly SortedDictionary<CheckKind, int> _checks = [];

    private BodyCount(ModelFunctions functions, IReadOnlyDictionary<string, long> called)
    {
        _functions = functions;
        _called = called;
    }

    /// <summary>Counts a body.</summary>
    /// <param name="method">The body.</param>
    /// <param name="functions">The functions that it can call.</param>
    /// <param name="called">The operations of each function that it calls.</param>
    /// <returns>Its operations, and its checks.</returns>
    public static (long Operations, EquatableArray<RemainingCheck> Checks) Of(
        Method method, ModelFunctions functions, IReadOnlyDictionary<string, long> called)
    {
        BodyCount count = new(functions, called);
        long operations = count.Of(method.Body, new Facts(method, functions));
        return (operations, count._checks.Select(c => new RemainingCheck(c.Key, c.Value)).ToEquatableArray());
    }

    private static long Sum(params long[] counts) => counts.Aggregate(0L, Saturating.Add);

    private long Check(CheckKind kind)
    {
        _checks[kind] = _checks.TryGetValue(kind, out int count) ? count + 1 : 1;
        return OperationCosts.Check;
    }

    private long Of(Statement statement, Facts facts)
    {
        long count;
        switch (statement)
        {
            case Block s:
                count = Sum(s.Statements.Select(inner => Of(inner, facts)).ToArray());
                facts.Leave(s);
                return count;
            case If s:
                return OfIf(s, facts);
            case Switch s:
                count = Sum(OperationCosts.One, Of(s.Value, facts), Dearest(s, facts));
                break;
            case Loop s:
                return OfLoop(s, facts);
            case Let s:
                count = Sum(OperationCosts.One, Value(s.Value, facts));
                break;
            case Assign s:
                // The place comes first: an index that is tested there is known to be within where the value has it, too.
                count = Sum(OperationCosts.One, Target(s.Target, facts), Value(s.Value, facts));
                break;
            case Refer s:
                count = Sum(OperationCosts.One, Of(s.Place, facts));
                break;
            case Declare s:
                count = OperationCosts.OfBytes(s.Data);
                break;
            case Copy s:
                count = Sum(OperationCosts.One, OperationCosts.OfBytes(s.Data), Target(s.Source, facts), Target(s.Target, facts));
                break;
            case Clear s:
                count = Sum(OperationCosts.One, OperationCosts.OfBytes(s.Data), Target(s.Target, facts));
                break;
            case Evaluate s:
                count = Value(s.Value, facts);
                break;
            case Return s:
                count = Sum(OperationCosts.One, s.Value is null ? 0 : Of(s.Value, facts));
                break;
            case Fail s:
                count = Sum(OperationCosts.One, Check(KindOf(s.Fault)));
                break;
            case PullLever s:
                count = Sum(OperationCosts.Lever, Sum(s.Arguments.Select(a => Of(a, facts)).ToArray()));
                break;
            default:
                count = OperationCosts.One;
                break;
        }

        facts.Pass(statement);
        return count;
    }

    private long OfIf(If s, Facts facts)
    {
        int checks = _checks.Values.Sum();
        long test = Of(s.Test, facts);
        if (checks == _checks.Values.Sum() && facts.IsSuperfluous(s))
        {
            facts.Meet(facts.Branch(s.Test, false));
            return 0;
        }

        Facts whenTrue = facts.Branch(s.Test, true), whenFalse = facts.Branch(s.Test, false);
        long count = Sum(OperationCosts.One, test, Math.Max(Of(s.WhenTrue, whenTrue), Of(s.WhenFalse, whenFalse)));
        facts.Meet(whenTrue, whenFalse);
        return count;
    }

    /// <summary>The dearest way through a switch: into one section, and on through those that it falls into.</summary>
    private long Dearest(Switch s, Facts facts)
    {
        long[] bodies = [.. s.Sections.Select((c, i) => Of(c.Body, facts.Section(s, i)))];
        long dearest = 0, falling = 0;
        for (int i = bodies.Length - 1; i >= 0; i--)
        {
            falling = s.Sections[i].FallsThrough ? Saturating.Add(bodies[i], falling) : bodies[i];
            dearest = Math.Max(dearest, falling);
        }

        return dearest;
    }

    /// <summary>Every turn, as if none were cut short; and the test with which a loop that tests first ends.</summary>
    private long OfLoop(Loop s, Facts facts)
    {
        IReadOnlyDictionary<string, IntegerRange> values = facts.Throughout(s);
        long test = Of(s.Test, facts.Test(s, values));
        long turn = Sum(OperationCosts.One, test, Of(s.Body, facts.Turn(s, values)), Of(s.Step, facts.Step(s, values)));
        facts.Pass(s, values);
        if (s.IsStated)
            turn = Sum(turn, OperationCosts.One, Check(CheckKind.Bound));
        return Saturating.Add(Saturating.Multiply(turn, s.Bound ?? LoopBounds.Most), s.TestsLast ? 0 : test);
    }

    /// <summary>A value that is stored: where it is a call that writes, an index among its arguments is tested before.</summary>
    private long Value(Expression value, Facts facts) => value is Call call && _functions.Written(call).Any()
        ? OfCall(call, a => a is ValueArgument v ? Of(v.Value, facts) : Target(((PlaceArgument)a).Place, facts))
        : Of(value, facts);

    private long OfCall(Call call, Func<Argument, long> argument) =>
        Sum(OperationCosts.Call, Sum(call.Arguments.Select(argument).ToArray()), _called[call.Name]);

    private long Of(Expression expression, Facts facts)
    {
        switch (expression)
        {
            case Read e:
                return Sum(OperationCosts.One, Of(e.Place, facts));
            case Unary e:
                return Sum(OperationCosts.One, Of(e.Operand, facts));
            case Conversion e:
                return Sum(OperationCosts.One, Of(e.Operand, facts));
            case Binary { Operator: BinaryOperator.AndAlso or BinaryOperator.OrElse } e:
                return Sum(OperationCosts.One, Of(e.Left, facts), Of(e.Right, facts.Branch(e.Left, e.Operator == BinaryOperator.AndAlso)));
            case Binary e:
                return Sum(OperationCosts.Of(e), Of(e.Left, facts), Of(e.Right, facts), CanFault(e, facts) ? Check(CheckKind.Divide) : 0);
            case Choice e:
                long whenTrue = Of(e.WhenTrue, facts.Branch(e.Test, true)), whenFalse = Of(e.WhenFalse, facts.Branch(e.Test, false));
                return Sum(OperationCosts.One, Of(e.Test, facts), Math.Max(whenTrue, whenFalse));
            case FunctionCall e:
                bool canFault = e.Function.Info().CanFault(e.Operand);
                if (canFault && facts.WithoutFault(e) is { } other)
                    return Of(other, facts);
                long check = canFault ? Check(KindOf(e.Function)) : 0;
                return Sum(OperationCosts.Of(e.Function), check, Sum(e.Arguments.Select(a => Of(a, facts)).ToArray()));
            case Call e:
                return OfCall(e, a => a is ValueArgument v ? Of(v.Value, facts) : Of(((PlaceArgument)a).Place, facts));
            default:
                return 0;
        }
    }

    private static bool CanFault(Binary e, Facts facts) =>
        e.Operator is BinaryOperator.Divide or BinaryOperator.Remainder && e.Type != ScalarType.F32 && !facts.HasSafeDivisor(e);

    /// <summary>The indices of a place that is read.</summary>
    private long Of(Place place, Facts facts) => place switch
    {
        MemberPlace p => Of(p.Of, facts),
        SlicePlace p => Of(p.Of, facts),
        ElementPlace p => Sum(Of(p.Of, facts), Element(p, facts)),
        _ => 0,
    };

    /// <summary>The indices of a place that is written, copied or given away: a variable that was tested there is known to be within from there on.</summary>
    private long Target(Place place, Facts facts)
    {
        switch (place)
        {
            case MemberPlace p:
                return Target(p.Of, facts);
            case SlicePlace p:
                return Target(p.Of, facts);
            case ElementPlace p:
                long count = Sum(Target(p.Of, facts), Element(p, facts));
                if (p.Index is Read { Place: VariablePlace variable } && !facts.IsWithin(p.Index, p.Length))
                    facts.Learn(variable.Name, new IntegerRange(0, p.Length - 1));
                return count;
            default:
                return 0;
        }
    }

    private long Element(ElementPlace p, Facts facts) =>
        Sum(OperationCosts.One, Of(p.Index, facts), facts.IsWithin(p.Index, p.Length) ? 0 : Check(CheckKind.Index));

    private static CheckKind KindOf(Fault fault) => fault switch
    {
        Fault.NoMatch => CheckKind.Match,
        Fault.Overflow => CheckKind.Overflow,
        _ => CheckKind.Index,
    };

    private static CheckKind KindOf(Function function) => function switch
    {
        Function.Abs => CheckKind.Overflow,
        Function.Sign => CheckKind.NaN,
        Function.ReciprocalOf or Function.FixedReciprocal => CheckKind.Divide,
        _ => CheckKind.Argument,
    };
}
