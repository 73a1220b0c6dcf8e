using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Templating;
using Kml.Model;

namespace Kml.KmodGen.Rows;

/// <summary>What templates ask of the events that a model hooks, and of its join: all of it from the rows of the catalogue.</summary>
internal static class HookValues
{
    private const int Columns = 80;

    // A tab and two spaces: behind "KML_PROBE(".
    private const int Indentation = 10;

    /// <summary>The events that a model hooks: the two of its label even if nobody asks to observe them.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The events, in the catalogue's order.</returns>
    public static EventInfo[] Hooked(ModelSpec model) =>
        [.. EventCatalog.All.Where(e => model.Observes.Contains(e.Kind) || e.Kind == model.From || e.Kind == model.To)];

    /// <summary>Adds the values.</summary>
    /// <param name="values">Where to.</param>
    /// <param name="model">The model.</param>
    public static void Add(Dictionary<string, object> values, ModelSpec model)
    {
        EventInfo from = model.From.Info(), to = model.To.Info();
        JoinInfo join = JoinCatalog.Between(model.From, model.To) ?? throw new InvalidOperationException($"No join leads from {from.Word} to {to.Word}.");
        JoinBegin begin = join.BeginAt(model.From)!;

        EventInfo[] hooked = Hooked(model);
        values["from"] = from.Word;
        values["to"] = to.Word;
        values["FROM"] = from.Word.ToUpperInvariant();
        values["TO"] = to.Word.ToUpperInvariant();
        values["to_tracepoint"] = to.Hook.Tracepoint;
        values["label_subjects"] = new[] { from.Subject.Name, to.Subject.Name };
        values["observed"] = hooked.Select(e => e.Word).ToArray();
        values["entity"] = from.Entity;
        values["model_families"] = hooked.Select(e => e.Family).Distinct().Select(Family).ToArray();
        values["join"] = new { join.Word, Part = join.Word + "_join.sbn" };
        values["probe_headers"] = hooked.SelectMany(e => e.Family.Headers).Concat(["linux/kernel.h", "linux/ktime.h"])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        values["event_hooks"] = hooked.Select(e => OfEvent(e, model, join, begin)).ToArray();
        values["join_hooks"] = begin.Hooks.Select(OfJoin).ToArray();
        values["hooks"] = hooked.Select(e => new { e.Word, e.Hook.Tracepoint })
            .Concat(begin.Hooks.Select(h => new { h.Word, h.Hook.Tracepoint })).ToArray();
    }

    private static object Family(EventFamily family) => new
    {
        family.Word,
        family.Meaning,
        EventsHeader = $"kml_{family.Word}_events.h",
        ModelPart = family.Word + "_model.sbn",
        Sources = TemplateLibrary.In("module/" + family.Word).Select(TemplateEngine.FileOf).Where(f => f.EndsWith(".c", StringComparison.Ordinal)).ToArray(),
    };

    private static object OfEvent(EventInfo info, ModelSpec model, JoinInfo join, JoinBegin begin)
    {
        bool begins = info.Kind == model.From, ends = info.Kind == model.To;
        return new
        {
            info.Word,
            Upper = info.Word.ToUpperInvariant(),
            Comment = info.Hook.Tracepoint + (begins ? $": from. {begin.Why}" : ends ? ": to." : ""),
            info.Hook.Entity,
            Signature = Signature(info.Hook),
            info.Subject.Fill,
            Subject = info.Subject.Name,
            Begins = begins,
            Ends = ends,
            Updates = model.Updates.Any(u => u.Parameters[0].Event == info.Kind),
            begin.Key,
            begin.Condition,
            HoldsCount = info.Own.Any(f => f.Name == join.CountedField),
            Fields = info.Own.Where(f => f.Value.Length > 0 && !(ends && f.Name == join.CountedField))
                .Select(f => new { Name = CNames.Snake(f.Name), f.Value }).ToArray(),
        };
    }

    private static object OfJoin(JoinHook hook) => new
    {
        hook.Word,
        Comment = hook.Meaning,
        hook.Hook.Entity,
        Signature = Signature(hook.Hook),
        Counter = hook.Counter?.Symbol ?? "",
        hook.Function,
        hook.Subject,
    };

    /// <summary>What <c>KML_PROBE()</c> takes of a prototype, behind the indentation of its second line.</summary>
    private static string Signature(HookInfo hook)
    {
        string prototype = $"TP_PROTO({hook.Prototype}),", arguments = $"TP_ARGS({hook.Arguments})";
        bool fits = Indentation + $"{prototype} {arguments})".Length <= Columns;
        return prototype + (fits ? " " : "\n\t  ") + arguments;
    }
}
