using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Events;
using Kml.Model;

namespace Kml.Inference.Bodies;

/// <summary>
/// Runs a translated body in the most naive way: each operator is C#'s own, on values of C#'s own types. It is the reference for what C the body becomes,
/// and needs no more than the model's text: where the user's assembly is not loaded, it runs in its place.
/// </summary>
public sealed class BodyInterpreter
{
    private readonly Dictionary<string, object> _variables = [];
    private readonly Dictionary<(string Parameter, string Field), ulong> _fields;
    private readonly Dictionary<int, ulong> _features = [];
    private ulong _returned;

    private BodyInterpreter(BodyInput input)
    {
        _fields = new(input.Fields);
    }

    /// <summary>Runs a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="input">What it runs on; it stays as it is.</param>
    /// <returns>What it did.</returns>
    public static BodyOutcome Run(Method method, BodyInput input)
    {
        BodyInterpreter run = new(input);
        foreach (Parameter p in method.Parameters.Where(p => p.Kind == ParameterKind.Scalar))
            run._variables[p.Name] = Scalars.FromBits(p.Type, input.Scalars[p.Name]);
        bool faulted = false;
        try
        {
            run.Do(method.Body);
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException)
        {
            faulted = true;
        }

        return new(faulted, run._returned, run._features, run._fields);
    }

    /// <returns>Whether the body ended.</returns>
    private bool Do(Statement statement)
    {
        switch (statement)
        {
            case Block s:
                return s.Statements.Any(Do);
            case Let s:
                _variables[s.Name] = Of(s.Value);
                return false;
            case AssignVariable s:
                _variables[s.Name] = Of(s.Value);
                return false;
            case AssignState s:
                _fields[(s.Parameter, s.Field)] = Scalars.ToBits(Of(s.Value));
                return false;
            case AssignFeature s:
                _features[s.Index] = Scalars.ToBits(Of(s.Value));
                return false;
            case If s:
                return Do((bool)Of(s.Test) ? s.WhenTrue : s.WhenFalse);
            case Return s:
                _returned = s.Value is null ? 0 : Scalars.ToBits(Of(s.Value));
                return true;
            case PullLever s:
                Pull(s);
                return false;
            default:
                throw new InvalidOperationException(statement.GetType().Name);
        }
    }

    // A policy has one event.
    private void Pull(PullLever s)
    {
        (string Parameter, string Field) place = _fields.Keys.Single(k => k.Field == s.Lever.Info().Field);
        _fields[place] = Levers.Pull(s.Lever, _fields[place], [.. s.Arguments.Select(Of)]);
    }

    private object Of(Expression expression) => expression switch
    {
        Constant e => Scalars.FromBits(e.Type, e.Bits),
        Variable e => _variables[e.Name],
        FieldRead e => Scalars.FromBits(e.Type, _fields[(e.Parameter, e.Field)]),
        Unary e => Operators.Unary(e.Operator, Of(e.Operand)),
        Binary { Operator: BinaryOperator.AndAlso } e => (bool)Of(e.Left) && (bool)Of(e.Right),
        Binary { Operator: BinaryOperator.OrElse } e => (bool)Of(e.Left) || (bool)Of(e.Right),
        Binary e => Operators.Binary(e.Operator, Of(e.Left), Of(e.Right)),
        Conversion e => Scalars.Convert(e.Type, Of(e.Operand)),
        Choice e => (bool)Of(e.Test) ? Of(e.WhenTrue) : Of(e.WhenFalse),
        FunctionCall e => Functions.Call(e.Function, [.. e.Arguments.Select(Of)]),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };
}
