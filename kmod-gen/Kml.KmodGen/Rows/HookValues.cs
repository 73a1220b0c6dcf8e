using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen.Rows;

/// <summary>What templates ask of the events that a model hooks, and of its join: all of it from the rows of the catalogue.</summary>
internal static class HookValues
{
    private const int Columns = 80;

    // A tab and two spaces: behind "KML_PROBE(".
    private const int Indentation = 10;

    /// <summary>Adds the values.</summary>
    /// <param name="values">Where to.</param>
    /// <param name="model">The model.</param>
    public static void Add(Dictionary<string, object> values, ModelSpec model)
    {
        EventInfo from = model.From.Info(), to = model.To.Info();
        JoinInfo join = JoinCatalog.Between(model.From, model.To) ?? throw new InvalidOperationException($"No join leads from {from.Word} to {to.Word}.");
        JoinBegin begin = join.BeginAt(model.From)!;

        // The two events of the label are hooked even if nobody asks to observe them.
        EventInfo[] hooked = [.. EventCatalog.All.Where(e => model.Observes.Contains(e.Kind) || e == from || e == to)];
        values["from"] = from.Word;
        values["to"] = to.Word;
        values["FROM"] = from.Word.ToUpperInvariant();
        values["TO"] = to.Word.ToUpperInvariant();
        values["to_tracepoint"] = to.Hook.Tracepoint;
        values["needs_requests"] = from.Subject.IsRequest || to.Subject.IsRequest;
        values["observed"] = hooked.Select(e => e.Word).ToArray();
        values["entity"] = from.Entity;
        values["family"] = new { ModelPart = from.Family.Word + "_model.sbn" };
        values["join_part"] = join.Word + "_join.sbn";
        values["probe_headers"] = hooked.SelectMany(e => e.Family.Headers).Append("linux/kernel.h").Distinct().Order(StringComparer.Ordinal).ToArray();
        values["event_hooks"] = hooked.Select(e => OfEvent(e, model, join, begin)).ToArray();
        values["join_hooks"] = begin.Hooks.Select(OfJoin).ToArray();
        values["hooks"] = hooked.Select(e => new { e.Word, e.Hook.Tracepoint })
            .Concat(begin.Hooks.Select(h => new { h.Word, h.Hook.Tracepoint })).ToArray();
    }

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
            Object = info.Levers.Count == 0 ? "NULL" : info.Family.Object.Name,
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
