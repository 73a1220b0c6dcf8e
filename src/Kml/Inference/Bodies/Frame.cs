using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Events;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>A call of a body under way: its variables, and the references that it was given.</summary>
/// <param name="functions">The functions that it can call.</param>
/// <param name="variables">Its parameters by name; locals come to them.</param>
internal sealed class Frame(ModelFunctions functions, Dictionary<string, Cell> variables)
{
    private ulong _returned;

    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    /// <summary>Runs the body.</summary>
    /// <returns>The bits of its value, 0 without one.</returns>
    public ulong Run(Block body)
    {
        Do(body);
        return _returned;
    }

    private Flow Do(Statement statement)
    {
        switch (statement)
        {
            case Block s:
                return Do(s.Statements);
            case Let s:
                Cell variable = Cell.New(new ScalarData(s.Value.Type));
                variable.Bits = Scalars.ToBits(Of(s.Value));
                variables[s.Name] = variable;
                return Flow.Next;
            case Declare s:
                variables[s.Name] = Cell.New(s.Data);
                return Flow.Next;
            case Refer s:
                variables[s.Name] = Of(s.Place);
                return Flow.Next;
            case Assign s:
                ulong value = Scalars.ToBits(Of(s.Value));
                Cell target = Of(s.Target);
                target.Bits = value;
                return Flow.Next;
            case Copy s:
                Cell source = Of(s.Source);
                source.Bytes.CopyTo(Of(s.Target).Bytes);
                return Flow.Next;
            case Clear s:
                Of(s.Target).Bytes.Clear();
                return Flow.Next;
            case If s:
                return Do((bool)Of(s.Test) ? s.WhenTrue : s.WhenFalse);
            case Switch s:
                return Do(s);
            case Loop s:
                return Do(s);
            case Break:
                return Flow.Break;
            case Continue:
                return Flow.Continue;
            case Return s:
                _returned = s.Value is null ? 0 : Scalars.ToBits(Of(s.Value));
                return Flow.Return;
            case Evaluate s:
                Of(s.Value);
                return Flow.Next;
            case Fail s:
                throw new BodyFaultException(s.Fault.ToString());
            case PullLever s:
                Cell asked = variables[s.Event].Member(s.Lever.Info().Field);
                asked.Bits = Levers.Pull(s.Lever, asked.Bits, [.. s.Arguments.Select(Of)]);
                return Flow.Next;
            default:
                throw new InvalidOperationException(statement.GetType().Name);
        }
    }

    private Flow Do(IEnumerable<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            if (Do(statement) is not Flow.Next and Flow flow)
                return flow;
        }

        return Flow.Next;
    }

    private Flow Do(Switch s)
    {
        ulong value = Scalars.ToBits(Of(s.Value));
        int at = s.Sections.ToList().FindIndex(c => c.Labels.Contains(value));
        if (at < 0)
            at = s.Sections.ToList().FindIndex(c => c.IsDefault);
        for (; at >= 0 && at < s.Sections.Count; at++)
        {
            Flow flow = Do(s.Sections[at].Body);
            if (flow != Flow.Next)
                return flow == Flow.Break ? Flow.Next : flow;
            if (!s.Sections[at].FallsThrough)
                break;
        }

        return Flow.Next;
    }

    private Flow Do(Loop s)
    {
        for (int turn = 0; (s.TestsLast && turn == 0) || (bool)Of(s.Test); turn++)
        {
            if (turn == s.Bound)
                throw new BodyFaultException($"A loop takes more than {s.Bound} turns.");
            Flow flow = Do(s.Body);
            if (flow == Flow.Return)
                return flow;
            if (flow == Flow.Break)
                break;
            if (Do(s.Step) == Flow.Return)
                return Flow.Return;
        }

        return Flow.Next;
    }

    private Cell Of(Place place) => place switch
    {
        VariablePlace p => variables[p.Name],
        MemberPlace p => Of(p.Of).Member(p.Field),
        ElementPlace p => Of(p.Of).Element((int)Of(p.Index)),
        SlicePlace p => Of(p.Of).Slice(p.Start, p.Length),
        TablePlace p => Table(p),
        _ => throw new InvalidOperationException(place.GetType().Name),
    };

    private static Cell Table(TablePlace table)
    {
        Cell cell = Cell.New(new ArrayData(new ScalarData(table.Element), table.Values.Count));
        for (int i = 0; i < table.Values.Count; i++)
        {
            Cell element = cell.Element(i);
            element.Bits = table.Values[i];
        }

        return cell;
    }

    private object Of(Expression expression) => expression switch
    {
        Constant e => Scalars.FromBits(e.Type, e.Bits),
        Read e => Scalars.FromBits(e.Type, Of(e.Place).Bits),
        Unary e => Operators.Unary(e.Operator, Of(e.Operand)),
        Binary { Operator: BinaryOperator.AndAlso } e => (bool)Of(e.Left) && (bool)Of(e.Right),
        Binary { Operator: BinaryOperator.OrElse } e => (bool)Of(e.Left) || (bool)Of(e.Right),
        Binary e => Operators.Binary(e.Operator, Of(e.Left), Of(e.Right)),
        Conversion e => Scalars.Convert(e.Type, Of(e.Operand)),
        Choice e => (bool)Of(e.Test) ? Of(e.WhenTrue) : Of(e.WhenFalse),
        FunctionCall e => Functions.Call(e.Function, [.. e.Arguments.Select(Of)]),
        Call e => Of(e),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private object Of(Call call)
    {
        Method function = functions[call.Name];
        Dictionary<string, Cell> given = [];
        foreach ((Argument argument, Parameter parameter) in call.Arguments.Zip(function.Parameters))
        {
            if (argument is PlaceArgument reference)
            {
                given[parameter.Name] = Of(reference.Place);
                continue;
            }

            Cell copy = Cell.New(new ScalarData(parameter.Type));
            copy.Bits = Scalars.ToBits(Of(((ValueArgument)argument).Value));
            given[parameter.Name] = copy;
        }

        return Scalars.FromBits(call.Type, new Frame(functions, given).Run(function.Body));
    }
}
