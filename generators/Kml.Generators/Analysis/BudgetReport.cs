using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Declarations;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Model.Lowering.Budgets;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Analysis;

/// <summary>What a model costs, as a diagnostic: a line for whoever writes it, and each number as a property for tools, which a SARIF log has, too.</summary>
internal static class BudgetReport
{
    // No disk has that much, and a record's size is an int.
    private const long MostStateBytes = 1 << 30;

    /// <summary>The diagnostic of a model.</summary>
    /// <param name="reading">The model as it was read.</param>
    /// <param name="network">What its network takes.</param>
    /// <param name="place">The model's name.</param>
    /// <returns>The diagnostic; null where the state is too large for any layout.</returns>
    public static Diagnostic? Of(Reading reading, ModelBudget network, Location place)
    {
        if (reading.State?.Bytes > MostStateBytes)
            return null;
        ModelSpec model = reading.Model!.Spec;
        EquatableArray<BodyBudget> bodies = reading.Budgets;
        RecordLayout record = RecordLayout.Of(model);
        string[] numbers =
        [
            Text(network.Parameters),
            Text(network.WeightBytes),
            Text(network.MultiplyAdds),
            Text(network.GuardedNs),
            Text(record.StateSize),
            model.From.Info().Entity.Word,
            Text(record.EntrySize),
        ];
        return Diagnostic.Create(
            ModelRules.Budget.Descriptor(),
            place,
            ImmutableDictionary.CreateRange(StringComparer.Ordinal, Properties(network, record, bodies)),
            [model.Name, .. numbers, string.Join("; ", bodies.Select(Line))]);
    }

    private static Dictionary<string, string?> Properties(
        ModelBudget network, RecordLayout record, EquatableArray<BodyBudget> bodies)
    {
        Dictionary<string, string?> properties = new()
        {
            ["parameters"] = Text(network.Parameters),
            ["weightBytes"] = Text(network.WeightBytes),
            ["multiplyAdds"] = Text(network.MultiplyAdds),
            ["guardedNs"] = Text(network.GuardedNs),
            ["stateBytes"] = Text(record.StateSize),
            ["entryBytes"] = Text(record.EntrySize),
        };
        foreach (BodyBudget body in bodies)
        {
            properties[$"{body.Title}.operations"] = Text(body.Operations);
            properties[$"{body.Title}.frameBytes"] = Text(body.FrameBytes);
            foreach (RemainingCheck check in body.Checks)
                properties[$"{body.Title}.checks.{check.Kind.ToString().ToLowerInvariant()}"] = Text(check.Count);
        }

        return properties;
    }

    private static string Line(BodyBudget body) =>
        FormattableString.Invariant($"{body.Title}: {body.Operations} operations, {body.FrameBytes} bytes of stack, checks: {body.ChecksInWords()}");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
