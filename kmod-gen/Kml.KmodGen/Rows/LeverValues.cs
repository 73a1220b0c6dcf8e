using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;

namespace Kml.KmodGen.Rows;

/// <summary>What templates ask of the levers of the family of the event at which a model predicts: all of it from the rows of the catalogue.</summary>
internal static class LeverValues
{
    /// <summary>Adds the values.</summary>
    /// <param name="values">Where to.</param>
    /// <param name="model">The model.</param>
    public static void Add(Dictionary<string, object> values, ModelSpec model)
    {
        EventFamily family = model.From.Info().Family;
        EventInfo[] events = [.. EventCatalog.All.Where(e => e.Family == family)];
        LeverInfo[] levers = [.. events.SelectMany(e => e.Levers).Distinct()];
        values["levers"] = levers.Select(l => Of(l, events.First(e => e.Levers.Contains(l)))).ToArray();
        values["object"] = new
        {
            family.Object.Name,
            family.Object.Declaration,
            Forward = family.Object.Type.TrimEnd('*', ' ') + ";",
        };
        values["predict_headers"] = levers.SelectMany(l => l.Headers).Concat(["linux/ktime.h", "linux/string.h"]).Distinct()
            .Order(StringComparer.Ordinal).ToArray();
    }

    private static object Of(LeverInfo lever, EventInfo at)
    {
        string symbol = CNames.Snake(lever.MethodName);
        return new
        {
            Symbol = symbol,
            Part = symbol + ".sbn",
            lever.Flag,
            Field = CNames.Snake(lever.Field),
            Type = CTypes.Name(at.Field(lever.Field)!.Type),
            lever.Wish,
        };
    }
}
