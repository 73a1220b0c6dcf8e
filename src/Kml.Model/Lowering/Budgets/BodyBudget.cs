using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Lowering.Budgets;

/// <summary>What one call of a body takes at the most.</summary>
/// <param name="Name">Its name in the user's code.</param>
/// <param name="Title">Its name with the events that it takes, such as <c>On(BioQueue)</c>, which no two methods have alike; of a function, its name.</param>
/// <param name="IsFunction">Whether it is a function, whose operations are those of its callers, too.</param>
/// <param name="Operations">Operations, as <see cref="OperationCosts"/> counts them; the largest number where there are more.</param>
/// <param name="FrameBytes">Bytes of stack: its own, and those of the deepest chain of calls from it.</param>
/// <param name="Checks">The checks that remain in it, those of the functions that it calls not among them.</param>
public sealed record BodyBudget(
    string Name, string Title, bool IsFunction, long Operations, long FrameBytes, EquatableArray<RemainingCheck> Checks)
{
    /// <summary>The budgets of a model's bodies.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Those of its methods in the order of <see cref="Methods"/>; behind them those of the functions that they call.</returns>
    public static EquatableArray<BodyBudget> Of(ModelSpec model)
    {
        ModelFunctions functions = new(model.Functions);
        Dictionary<string, long> operations = new(StringComparer.Ordinal), frames = new(StringComparer.Ordinal);
        List<BodyBudget> called = [];

        // Each after those that it calls, so that none is counted twice.
        foreach (Method function in functions.CalledBy(Methods(model)))
        {
            BodyBudget budget = Of(function, function.Name, true, functions, operations, frames);
            operations[function.Name] = budget.Operations;
            frames[function.Name] = budget.FrameBytes;
            called.Add(budget);
        }

        return Methods(model).Select(m => Of(m, TitleOf(m), false, functions, operations, frames)).Concat(called).ToEquatableArray();
    }

    /// <summary>The methods of a model: updates, features, label, verdict, policy.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Those that it has.</returns>
    public static IEnumerable<Method> Methods(ModelSpec model) =>
        model.Updates.Concat(new[] { model.Features.Method, model.Label.Method, model.Verdict, model.Policy }.OfType<Method>());

    /// <summary>The checks in words.</summary>
    /// <returns>Such as <c>2 divide, 1 index</c>; <c>none</c> where none remains.</returns>
    public string ChecksInWords() =>
        Checks.Count == 0 ? "none" : string.Join(", ", Checks.Select(c => FormattableString.Invariant($"{c.Count} {c.Kind.ToString().ToLowerInvariant()}")));

    private static string TitleOf(Method method) =>
        $"{method.Name}({string.Join(", ", method.Parameters.Where(p => p.Kind == ParameterKind.Event).Select(p => p.Event))})";

    private static BodyBudget Of(
        Method method,
        string title,
        bool isFunction,
        ModelFunctions functions,
        IReadOnlyDictionary<string, long> operations,
        IReadOnlyDictionary<string, long> frames)
    {
        (long count, EquatableArray<RemainingCheck> checks) = BodyCount.Of(method, functions, operations);
        return new(method.Name, title, isFunction, count, BodyFrame.Of(method, frames), checks);
    }
}
