using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>The bodies of a model as C functions, in two groups: those without floating point, and the others.</summary>
internal static class BodyFiles
{
    /// <summary>The functions of the bodies that use no floating point.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Its names.</param>
    /// <returns>The functions, in the order of the file.</returns>
    public static IReadOnlyList<BodyFunction> Integer(ModelSpec model, CNames names) =>
        [.. Updates(model, names), .. Others(model, names, ModelTraits.Of(model), useFloat: false)];

    /// <summary>The functions of the bodies that use floating point.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Its names.</param>
    /// <returns>The functions; none if no body uses it.</returns>
    public static IReadOnlyList<BodyFunction> Float(ModelSpec model, CNames names) =>
        [.. Others(model, names, ModelTraits.Of(model), useFloat: true)];

    private static IEnumerable<BodyFunction> Updates(ModelSpec model, CNames names)
    {
        foreach (IGrouping<EventKind, Method> group in model.Updates.GroupBy(u => u.Parameters[0].Event!.Value).OrderBy(g => g.Key))
        {
            string symbol = names.Symbol("update_" + group.Key.Info().Word);
            Method[] updates = [.. group];
            if (updates.Length == 1)
            {
                yield return Of(model, names, BodyRole.Update, "Update", symbol, updates[0]);
                continue;
            }

            string[] steps = [.. updates.Select((_, i) => $"{symbol}_{(i + 1).ToString(CultureInfo.InvariantCulture)}")];
            for (int i = 0; i < updates.Length; i++)
                yield return Of(model, names, BodyRole.Update, "Update", steps[i], updates[i]);
            yield return new(
                $"the {updates.Length.ToString(CultureInfo.InvariantCulture)} methods with [Update] of {group.Key}, in their order",
                InOrder(symbol, CNames.Event(group.Key), names.State, steps));
        }
    }

    private static IEnumerable<BodyFunction> Others(ModelSpec model, CNames names, ModelTraits traits, bool useFloat)
    {
        BodyFunction Function(BodyRole role, string attribute, Method method) =>
            Of(model, names, role, attribute, names.Symbol(role.ToString().ToLowerInvariant()), method);

        if (traits.FeaturesFloat == useFloat)
            yield return Function(BodyRole.Features, $"Features({model.Features.Count.ToString(CultureInfo.InvariantCulture)})", model.Features.Method);
        if (traits.LabelFloat == useFloat)
            yield return Function(BodyRole.Label, "Label", model.Label.Method);
        if (model.Verdict is not null && traits.VerdictFloat == useFloat)
            yield return Function(BodyRole.Verdict, "Verdict", model.Verdict);
        if (model.Policy is not null && traits.PolicyFloat == useFloat)
            yield return Function(BodyRole.Policy, "Policy", model.Policy);
    }

    private static BodyFunction Of(ModelSpec model, CNames names, BodyRole role, string attribute, string symbol, Method method)
    {
        string parameters = string.Join(", ", method.Parameters.Select(p => p.Kind switch
        {
            ParameterKind.Event => $"{p.Event} {p.Name}",
            ParameterKind.State => $"state {p.Name}",
            ParameterKind.Features => $"{CTypes.Name(p.Type)} {p.Name}[]",
            _ => $"{CTypes.Name(p.Type)} {p.Name}",
        }));
        string signature = $"[{attribute}] {method.Name}({parameters})";
        return new($"method {signature}", BodyTranslator.Translate(names, role, symbol, model, method, signature));
    }

    /// <summary>A function that runs all updates of an event; as an exception would, a fault ends it.</summary>
    private static CFunction InOrder(string symbol, string eventStruct, string state, string[] steps)
    {
        CName fault = new("fault", ScalarType.I32);
        CExpression[] arguments = [new CName("e", ScalarType.U64), new CName("state", ScalarType.U64)];
        CCall Call(string step) => new(step, arguments, ScalarType.I32);

        CBlock body = new();
        body.Declare("int", "fault");
        foreach (string step in steps[..^1])
        {
            body.Add(new CAssign(fault, Call(step)));
            body.Add(new CIf(fault, CBlock.Of(new CReturn(fault)), new CBlock()));
        }

        body.Add(new CReturn(Call(steps[^1])));
        return new(symbol, [new($"const {eventStruct}", "*e"), new(state, "*state")], body);
    }
}
