using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.KmodGen.Targets;
using Kml.KmodGen.Templating;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>The rows of the catalogue against the C that follows from them: all of them are in it, and nothing of theirs is where it does not belong.</summary>
public class RowsTests
{
    private static readonly JoinHook[] JoinHooks = [.. JoinCatalog.All.SelectMany(j => j.Events).SelectMany(e => e.Begin?.Hooks ?? default)];

    /// <summary>Every pair of events that a join connects, with all events observed or none.</summary>
    public static TheoryData<EventKind, EventKind, bool> Labels
    {
        get
        {
            TheoryData<EventKind, EventKind, bool> labels = [];
            foreach ((EventKind from, EventKind to) in from a in EventCatalog.All from b in EventCatalog.All select (a.Kind, b.Kind))
            {
                if (JoinCatalog.Between(from, to) is null)
                    continue;
                labels.Add(from, to, true);
                labels.Add(from, to, false);
            }

            return labels;
        }
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_module_hooks_what_its_label_and_its_model_ask_for(EventKind from, EventKind to, bool observed)
    {
        string probes = Text(Render(from, to, observed), "queue_wait_probes.c");
        EventInfo[] hooked = [.. EventCatalog.All.Where(e => observed || e.Kind == from || e.Kind == to)];
        JoinInfo join = JoinCatalog.Between(from, to)!;
        JoinHook[] more = [.. join.BeginAt(from)!.Hooks];

        Regex.Matches(probes, @"\.name = ""(\w+)"", \.probe = probe_(\w+)").Select(m => (m.Groups[1].Value, m.Groups[2].Value))
            .ShouldBe(hooked.Select(e => (e.Hook.Tracepoint, e.Word)).Concat(more.Select(h => (h.Hook.Tracepoint, h.Word))));
        foreach (EventInfo info in hooked)
        {
            string body = Body(probes, info.Word);
            body.ShouldContain($"KML_PROBE({info.Word}, {info.Hook.Entity},");
            body.ShouldContain($"TP_PROTO({info.Hook.Prototype})");
            body.ShouldContain($"\t{info.Subject.Fill}(&e.event, {info.Entity.Variable}, {info.Subject.Name});");
            foreach (EventField field in info.Own.Where(f => f.Value.Length > 0 && !(info.Kind == to && f.Name == join.CountedField)))
                body.ShouldContain($"\te.{CNames.Snake(field.Name)} = {field.Value};");
        }

        foreach (JoinHook hook in more)
            Body(probes, hook.Word).ShouldContain($"\t{hook.Function}(&{from.Info().Entity.Variable}->join, {hook.Subject});");
    }

    [Fact]
    public void What_a_row_names_in_C_is_defined_in_the_familys_files()
    {
        IReadOnlyList<EmittedFile> files = Render(EventKind.BioQueue, EventKind.BlockComplete, observed: true);
        string all = string.Concat(files.Select(f => f.Text()));
        string[] functions =
        [
            .. EventCatalog.All.Select(e => e.Subject.Fill),
            .. JoinHooks.Select(h => h.Function),
            .. EventCatalog.Levers.SelectMany(l => new[] { CNames.Snake(l.MethodName), "kml_" + CNames.Snake(l.MethodName) }),
            .. EntityCatalog.All.SelectMany(e => new[] { "_lock", "_unlock", "s_in_flight", "s_exit" }.Select(f => $"kml_{e.Symbol}{f}")),
            .. EntityCatalog.All.Where(e => e.ChoiceAtLoad is not null).Select(e => $"kml_{e.Symbol}s_choose"),
            .. SwitchCatalog.All.Where(s => s.IsWritable).Select(s => s.Store.Split('(')[0]),
        ];

        foreach (string function in functions.Distinct())
            Regex.IsMatch(all, $@"\b{function}\([^;{{]*\)(\s*__acquires\([^)]*\)|\s*__releases\([^)]*\))?\n\{{").ShouldBeTrue(function);
        foreach (EntityInfo entity in EntityCatalog.All)
            Regex.IsMatch(all, $@"struct kml_{entity.Symbol} \{{\n\t{Regex.Escape(entity.Identity)}").ShouldBeTrue(entity.Word);
        foreach (JoinInfo join in JoinCatalog.All)
            Text(files, $"kml_{join.Word}_join.h").ShouldContain(join.Account.Identity);
    }

    [Fact]
    public void Every_switch_and_parameter_is_in_the_module()
    {
        IReadOnlyList<EmittedFile> files = Render(EventKind.BioQueue, EventKind.BlockIssue, observed: false);
        string control = Text(files, "kml_control.c");
        foreach (SwitchInfo info in SwitchCatalog.All)
        {
            control.ShouldContain($"\t[KML_CONTROL_{info.Symbol}] = {{ \"{info.Word}\", {(info.IsWritable ? "0600" : "0444")} }},");
            Regex.Matches(control, $@"\tcase KML_CONTROL_{info.Symbol}:").Count.ShouldBe(info.IsWritable ? 2 : 1, info.Word);
        }

        string all = string.Concat(files.Select(f => f.Text()));
        Regex.Matches(all, @"\bmodule_param\((\w+),").Select(m => m.Groups[1].Value).Order().ShouldBe(SwitchCatalog.Parameters.Select(p => p.Word).Order());
    }

    [Fact]
    public void Every_counter_is_counted_somewhere_or_looked_up()
    {
        string[] texts = [.. TemplateLibrary.Names.Where(n => !n.EndsWith("kml_counters.h.sbn", StringComparison.Ordinal)).Select(TemplateLibrary.Read)];
        CounterInfo[] byRows =
        [
            .. EventCatalog.All.Select(e => CounterCatalog.Events.Counters.Single(c => c.Word == e.Word)),
            .. JoinHooks.Select(h => h.Counter).OfType<CounterInfo>(),
            .. CounterCatalog.Accuracy.Counters,
        ];
        foreach (CounterInfo counter in CounterCatalog.Groups.SelectMany(g => g.Counters).Except(byRows))
            texts.ShouldContain(t => Regex.IsMatch(t, $@"\bKML_COUNT_{counter.Symbol}\b"), counter.Word);
    }

    [Fact]
    public void No_template_outside_a_familys_folder_knows_its_events()
    {
        string[] words =
        [
            .. EventCatalog.All.SelectMany(e => new[] { e.Word, e.Hook.Tracepoint }),
            .. JoinHooks.Select(h => h.Hook.Tracepoint),
            .. EventCatalog.Levers.Select(l => CNames.Snake(l.MethodName)),
            .. EntityCatalog.All.SelectMany(e => new[] { e.Word, e.Word + "s", $"kml_{e.Symbol}", $"kml_{e.Symbol}s", e.Identity.TrimEnd(' ', '*') }),
            .. EntityCatalog.All.Select(e => e.Choice?.Word).OfType<string>(),
            .. JoinCatalog.All.Select(j => $"kml_{j.Word}_join"),
            "bio", "bios", "bi", "sector", "sectors", "bdev", "gendisk", "rq", "ioprio", "blk", "blkdev",
        ];

        // A part of a name is a name, too: kml_bdev_open, bi_sector.
        Regex name = new($@"(?<![A-Za-z0-9])({string.Join('|', words)})(?![A-Za-z0-9])", RegexOptions.IgnoreCase);
        string[] elsewhere = [.. TemplateLibrary.Names.Where(n => !EventCatalog.Families.Any(f => TemplateLibrary.All($"module/{f.Word}").Contains(n)))];

        elsewhere.Length.ShouldBeGreaterThan(40);
        foreach (string template in elsewhere)
            name.Matches(TemplateLibrary.Read(template)).Select(m => m.Value).ShouldBeEmpty(template);
    }

    private static IReadOnlyList<EmittedFile> Render(EventKind from, EventKind to, bool observed)
    {
        ModelSpec model = SourceModels.Named("QueueWait");
        Queue<EventKind> label = new([from, to]);
        return Renderer.Render(
            KernelModule.Instance,
            model with
            {
                Observes = observed ? new(EventCatalog.All.Select(e => e.Kind)) : default,
                Label = model.Label with { From = from, To = to, Method = At(model.Label.Method, label.Dequeue) },
                Features = model.Features with { Method = At(model.Features.Method, () => from) },
                Verdict = model.Verdict is null ? null : At(model.Verdict, () => from),
                Policy = null,
            },
            weights: null,
            "1.2.3");
    }

    private static Method At(Method method, Func<EventKind> next) =>
        method with { Parameters = new(method.Parameters.Select(p => p.Kind == ParameterKind.Event ? p with { Event = next() } : p)) };

    private static string Text(IReadOnlyList<EmittedFile> files, string path) => files.Single(f => f.Path == path).Text();

    private static string Body(string probes, string word)
    {
        int start = probes.IndexOf($"KML_PROBE({word},", StringComparison.Ordinal);
        return probes[start..probes.IndexOf("\n}\n", start, StringComparison.Ordinal)];
    }
}
