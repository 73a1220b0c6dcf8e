using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen;

/// <summary>The bodies of a model as C functions, in two groups: those without floating point, and the others.</summary>
internal static class BodyFiles
{
    /// <summary>The functions of the bodies that use no floating point.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Its names.</param>
    /// <returns>The functions, each with its comment, separated by empty lines.</returns>
    public static string Integer(ModelSpec model, ModuleNames names)
    {
        ModelTraits traits = ModelTraits.Of(model);
        return string.Join("\n\n", Updates(model, names).Concat(Others(model, names, traits, useFloat: false)));
    }

    /// <summary>The functions of the bodies that use floating point.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Its names.</param>
    /// <returns>The functions; empty if there are none.</returns>
    public static string Float(ModelSpec model, ModuleNames names) =>
        string.Join("\n\n", Others(model, names, ModelTraits.Of(model), useFloat: true));

    private static IEnumerable<string> Updates(ModelSpec model, ModuleNames names)
    {
        foreach (IGrouping<EventKind, Method> group in model.Updates.GroupBy(u => u.Parameters[0].Event!.Value).OrderBy(g => g.Key))
        {
            string symbol = names.Symbol("update_" + group.Key.Info().Word);
            Method[] updates = [.. group];
            if (updates.Length == 1)
            {
                yield return Commented("Update", updates[0], BodyWriter.Write(names, BodyRole.Update, symbol, model, updates[0]));
                continue;
            }

            string[] steps = [.. updates.Select((_, i) => $"{symbol}_{(i + 1).ToString(CultureInfo.InvariantCulture)}")];
            for (int i = 0; i < updates.Length; i++)
                yield return Commented("Update", updates[i], BodyWriter.Write(names, BodyRole.Update, steps[i], model, updates[i]));
            yield return InOrder(symbol, ModuleNames.Event(group.Key), names.State, steps);
        }
    }

    private static IEnumerable<string> Others(ModelSpec model, ModuleNames names, ModelTraits traits, bool useFloat)
    {
        string Write(BodyRole role, Method method) =>
            BodyWriter.Write(names, role, names.Symbol(role.ToString().ToLowerInvariant()), model, method);

        if (traits.FeaturesFloat == useFloat)
            yield return Commented($"Features({model.Features.Count.ToString(CultureInfo.InvariantCulture)})", model.Features.Method, Write(BodyRole.Features, model.Features.Method));
        if (traits.LabelFloat == useFloat)
            yield return Commented("Label", model.Label.Method, Write(BodyRole.Label, model.Label.Method));
        if (model.Verdict is not null && traits.VerdictFloat == useFloat)
            yield return Commented("Verdict", model.Verdict, Write(BodyRole.Verdict, model.Verdict));
        if (model.Policy is not null && traits.PolicyFloat == useFloat)
            yield return Commented("Policy", model.Policy, Write(BodyRole.Policy, model.Policy));
    }

    /// <summary>A function that runs all updates of an event; as an exception would, a fault ends it.</summary>
    private static string InOrder(string symbol, string eventStruct, string state, string[] steps)
    {
        CodeBlock body = new(1);
        body.Declare("int", "fault");
        foreach (string step in steps[..^1])
        {
            CodeBlock leave = new(2);
            leave.Add("return fault;");
            body.Add($"fault = {step}(e, state);");
            body.AddIf("fault", leave, new CodeBlock(2));
        }

        body.Add($"return {steps[^1]}(e, state);");
        string start = $"static inline int {symbol}(";
        string indent = new string('\t', start.Length / 8) + new string(' ', start.Length % 8);
        return string.Join('\n', [$"{start}const {eventStruct} *e,", $"{indent}{state} *state)", "{", .. body.Lines(), "}"]);
    }

    private static string Commented(string attribute, Method method, string function)
    {
        string parameters = string.Join(", ", method.Parameters.Select(p => p.Kind switch
        {
            ParameterKind.Event => $"{p.Event} {p.Name}",
            ParameterKind.State => $"state {p.Name}",
            ParameterKind.Features => $"{CTypes.Name(p.Type)} {p.Name}[]",
            _ => $"{CTypes.Name(p.Type)} {p.Name}",
        }));
        return $"/* [{attribute}] {method.Name}({parameters}) */\n{function}";
    }
}
