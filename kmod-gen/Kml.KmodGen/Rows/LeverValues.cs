using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;

namespace Kml.KmodGen.Rows;

/// <summary>What templates ask of the levers of the event at which a model predicts: all of it from the rows of the catalogue. There may be none.</summary>
internal static class LeverValues
{
    /// <summary>Adds the values.</summary>
    /// <param name="values">Where to.</param>
    /// <param name="model">The model.</param>
    public static void Add(Dictionary<string, object> values, ModelSpec model)
    {
        EventInfo from = model.From.Info();
        values["levers"] = from.Levers.Select(l => Of(l, from)).ToArray();
        values["lever_header"] = $"kml_{from.Family.Word}_lever.h";
        values["objects"] = from.Levers.Select(l => l.Object).Distinct().Select(o => new
        {
            o.Name,
            o.Declaration,
            Forward = o.Type.TrimEnd('*', ' ') + ";",
        }).ToArray();
        values["predict_headers"] = from.Levers.SelectMany(l => l.Headers).Concat(["linux/ktime.h", "linux/string.h"]).Distinct()
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
            Type = CTypes.Name(at.Field(lever.Field)!.Scalar),
            lever.Wish,
            Object = lever.Object.Name,
        };
    }
}
