using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Kml.Inference.Bodies;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>The rows of entities, events, joins, levers and switches: what they promise each other, and the page that follows from them.</summary>
public partial class CatalogTests
{
    private static readonly string Page = Repository.Page("module.md");

    private static readonly JoinHook[] JoinHooks = [.. JoinCatalog.All.SelectMany(j => j.Events).SelectMany(e => e.Begin?.Hooks ?? default)];

    [Fact]
    public void An_event_stands_at_its_kind_and_a_word_is_used_once()
    {
        EventCatalog.All.Select(e => e.Kind).ShouldBe(Enum.GetValues<EventKind>());
        EventCatalog.All.Select(e => e.Number).Order().ShouldBe(Enumerable.Range(1, EventCatalog.All.Count).Select(n => (uint)n));
        EventCatalog.All.Select(e => EventCatalog.ByNumber(e.Number)).ShouldBe(EventCatalog.All);
        EventCatalog.ByNumber(0).ShouldBeNull();
        EventCatalog.All.Select(e => e.Word).Concat(JoinHooks.Select(h => h.Word)).ShouldBeUnique();
        EventCatalog.All.ShouldAllBe(e => EntityCatalog.All.Contains(e.Entity));
    }

    /// <summary>What an event's probe does, and that its fields mean what they say, only a kernel shows: some model of its suites observes each.</summary>
    [Fact]
    public void An_event_is_observed_in_a_kernel()
    {
        string folder = Path.Combine(Repository.Root, "tests/kernel/models");
        IEnumerable<Match> observed = Directory.EnumerateFiles(folder, "*.cs").SelectMany(f => Observed().Matches(File.ReadAllText(f)));

        EventCatalog.All.Select(e => e.Kind.ToString()).Except(observed.Select(m => m.Groups[1].Value)).ShouldBeEmpty();
    }

    [Fact]
    public void What_C_reads_of_a_hook_is_a_parameter_of_it()
    {
        EventCatalog.All.ShouldAllBe(e => e.Hook.Parameters.Any(p => p.Name == e.Subject.Name));
        EventCatalog.All.ShouldAllBe(e => e.Levers.All(l => e.Hook.Parameters.Contains(l.Object)));
        JoinHooks.ShouldAllBe(h => h.Hook.Parameters.Any(p => p.Name == h.Subject));
    }

    [Fact]
    public void A_join_follows_events_of_one_entity_and_has_an_account()
    {
        foreach (JoinInfo join in JoinCatalog.All)
        {
            join.Events.Select(e => e.Event.Info().Entity).Distinct().ShouldHaveSingleItem();
            join.Account.Parts.Count.ShouldBeGreaterThan(0, join.Word);
            join.Events.ShouldAllBe(e => e.CanEnd || e.Begin != null);
            join.Events.ShouldContain(e => e.Event.Info().Own.Any(f => f.Name == join.CountedField));
        }
    }

    [Fact]
    public void A_lever_is_a_method_of_its_events_and_works_on_its_field()
    {
        EventCatalog.Levers.Select(l => l.Lever).ShouldBe(Enum.GetValues<Lever>());
        foreach (EventInfo info in EventCatalog.All)
        {
            // Which one a policy pulled shows in its field alone.
            info.Levers.Select(l => l.Field).ShouldBeUnique();
            foreach (LeverInfo lever in info.Levers)
            {
                MethodInfo method = typeof(BioQueue).Assembly.GetType(info.ClrName)!.GetMethod(lever.MethodName).ShouldNotBeNull(lever.MethodName);
                method.GetParameters().Select(p => p.Name).ShouldBe(lever.Parameters.Select(p => p.Name));
                info.Field(lever.Field).ShouldNotBeNull();

                Expression[] ones = [.. lever.Parameters.Select(p => new Constant(p.Type, 1))];
                Block body = new(EquatableArray.Of<Statement>(new PullLever("e", lever.Lever, new(ones))));
                Method policy = new("Act", EquatableArray.Of(new Parameter("e", ParameterKind.Event, info.Kind)), body);
                BodyInput input = new() { Memory = { ["e"] = new byte[info.Layout.Size] } };
                byte[] after = BodyInterpreter.Run(Models.Sample(), policy, input).Memory["e"];
                info.Layout.Scalars.Where(f => ScalarBytes.Read(after.AsSpan(f.Offset), f.Type) != 0).ShouldHaveSingleItem().Path.ShouldBe(lever.Field);
            }
        }
    }

    [Fact]
    public void The_page_has_the_tables_of_the_rows()
    {
        Holds(
            "switches",
            "| file | values | |\n| --- | --- | --- |",
            SwitchCatalog.All.Select(s => $"| `{s.Word}` | {(s.IsWritable ? s.Values : "read only")} | {s.Meaning} |"));
        Holds(
            "parameters",
            "| at load | |\n| --- | --- |",
            SwitchCatalog.Parameters.Select(p => $"| `{p.Word}=` | {p.Meaning} |"));
        Holds(
            "events",
            "| event | tracepoint | context | the FPU can be used |\n| --- | --- | --- | --- |",
            EventCatalog.All.Select(e => $"| `{e.Kind}` | `{e.Hook.Tracepoint}` | {e.Contexts} | {e.FpuUse} |"));
        Holds(
            "fields",
            "| field | of | what it says | counted in |\n| --- | --- | --- | --- |",
            EventCatalog.Families.SelectMany(f => f.Common.Select(c => Row(c, $"all events of the family {f.Word}")))
                .Concat(EventCatalog.All.SelectMany(e => e.Own.Select(o => Row(o, $"`{e.Kind}`")))));
        Holds(
            "entities",
            "| entity | known by | lives | dies | its lock |\n| --- | --- | --- | --- | --- |",
            EntityCatalog.All.Select(e => $"| {e.Word} | `{e.Identity}` | {e.Lives} | {e.Dies} | {e.Lock} |"));
        Holds(
            "levers",
            "| lever | at | what can be asked for | as it was found | given back |\n| --- | --- | --- | --- | --- |",
            EventCatalog.Levers.Select(l => $"| `{l.MethodName}` | {At(l)} | {l.Range} | {l.Found} | {l.GivenBack} |"));
    }

    // At the beginning of a line: a comment observes nothing.
    [GeneratedRegex(@"^\[Observe\(typeof\((\w+)\)\)", RegexOptions.Multiline)]
    private static partial Regex Observed();

    private static string At(LeverInfo lever) => string.Join(", ", EventCatalog.All.Where(e => e.Levers.Contains(lever)).Select(e => $"`{e.Kind}`"));

    private static string Row(EventField field, string of) => $"| `{field.Name}` | {of} | {field.Meaning} | {field.Unit} |";

    private static void Holds(string name, string head, IEnumerable<string> rows) =>
        Page.ShouldContain($"<!-- {name}: from the rows of src/Kml.Model/Catalog -->\n{head}\n{string.Join("\n", rows)}\n<!-- /{name} -->");
}
