using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.TestSupport;

/// <content>Functions, and calls of them.</content>
public sealed partial class RandomBodies
{
    private static readonly DataType[] Referred =
    [
        new ScalarData(ScalarType.I32), new ScalarData(ScalarType.U64), new ScalarData(ScalarType.U8), new ScalarData(ScalarType.Q16),
        new ArrayData(new ScalarData(ScalarType.U32), 2), new ArrayData(new ScalarData(ScalarType.I32), 3),
        BodyState.Position, BodyState.Entry, BodyState.Window, BodyState.Strides, BodyState.Grid,
    ];

    private int _functionNames;

    /// <summary>Makes a function that a method of the model's can call, and those that are made after it.</summary>
    private void MakeFunction(Parameter[] callers, bool useFloat, Effect callersEffect)
    {
        _scope = new(useFloat, callersEffect, []);
        List<Parameter> parameters = [];
        foreach (Parameter given in callers.Where(p => p.Kind is ParameterKind.Event or ParameterKind.State && OneIn(2)))
        {
            bool writes = given.Kind == ParameterKind.State ? callersEffect.OnState : callersEffect.Acts is not null;
            parameters.Add(given with { IsWritten = writes && OneIn(2) });
        }

        int others = _random.Next(1, 4);
        for (int i = 0; i < others; i++)
        {
            parameters.Add(OneIn(2)
                ? new(Named("p"), ParameterKind.Scalar, null, AnyType())
                : new(Named("r"), ParameterKind.Reference, Data: OneOf(Referred), IsWritten: OneIn(2)));
        }

        Parameter[] shuffled = [.. parameters];
        _random.Shuffle(shuffled);
        ScalarType? result = OneIn(4) ? null : AnyType();
        Parameter? acting = shuffled.FirstOrDefault(p => p.Kind == ParameterKind.Event && p.IsWritten);
        Effect effect = new(shuffled.Any(p => p.Kind == ParameterKind.State && p.IsWritten), acting?.Event?.Info(), result);
        _scope = new(useFloat, effect, [.. shuffled.Select(p => Given(p, effect))]);
        List<Statement> body = Body(OneIn(2) ? 2 : 1);
        if (result is { } type)
            body.Add(new Return(Of(type, 4)));
        Method function = Proven(new($"Function{++_functionNames}", shuffled.ToEquatableArray(), new(body.ToEquatableArray()), result));
        _functions.Add(new(function, _scope.Spent));
    }

    /// <summary>A call of a function.</summary>
    /// <param name="type">Its result; null for any or none.</param>
    /// <param name="depth">How deep its arguments may be.</param>
    /// <param name="mayWrite">Whether it may write what it is given.</param>
    /// <returns>The call; null where there is none that fits.</returns>
    private Call? Called(ScalarType? type, int depth, bool mayWrite)
    {
        Made[] found =
        [
            .. _functions.Where(f => (type is null || f.Method.Result == type)
                && (mayWrite || !f.Method.Parameters.Any(p => p.IsWritten))
                && _scope.Spent + (_scope.Weight * f.Cost) <= MostSpent),
        ];
        if (found.Length == 0)
            return null;
        Made made = OneOf(found);
        List<Argument> arguments = [];
        Place? last = null;
        DataType? lastData = null;
        foreach (Parameter p in made.Method.Parameters)
        {
            // Two references may lead to one place.
            Argument? argument = p.Kind == ParameterKind.Scalar ? new ValueArgument(Of(p.Type, Math.Min(depth - 1, 2)))
                : p.Kind != ParameterKind.Reference ? Same(p)
                : last is not null && p.Data == lastData && OneIn(2) ? new PlaceArgument(last)
                : PlaceOf(p.Data!, p.IsWritten, 1) is { } place ? new PlaceArgument(place) : null;
            if (argument is null)
                return null;
            if (p is { Kind: ParameterKind.Reference, IsWritten: true })
                (last, lastData) = (((PlaceArgument)argument).Place, p.Data);
            arguments.Add(argument);
        }

        _scope.Spent += _scope.Weight * made.Cost;
        return new(made.Method.Result ?? ScalarType.Bool, made.Method.Name, arguments.ToEquatableArray());
    }

    /// <summary>The event or the state that the caller was given itself.</summary>
    private PlaceArgument? Same(Parameter parameter) =>
        _scope.Roots.FirstOrDefault(r => r.Parameter is { } given && given.Kind == parameter.Kind && given.Event == parameter.Event
            && (!parameter.IsWritten || (parameter.Kind == ParameterKind.State ? r.IsWritable : _scope.Effect.Acts is not null)))
            is { } root ? new PlaceArgument(new VariablePlace(root.Name)) : null;

    /// <summary>A function that was made.</summary>
    /// <param name="Method">The function.</param>
    /// <param name="Cost">How many statements it may do.</param>
    private sealed record Made(Method Method, int Cost);
}
