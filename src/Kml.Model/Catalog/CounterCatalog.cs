using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>All that a module counts. The order is that of the C enum.</summary>
public static class CounterCatalog
{
    /// <summary>The disk's lock was held by another processor.</summary>
    public static CounterInfo Contended { get; } = new("contended", "times an event had to wait for its disk's lock");

    /// <summary>Updates that faulted.</summary>
    public static CounterInfo Faults { get; } = new("faults", "updates of the state that faulted");

    /// <summary>Splits of a bio.</summary>
    public static CounterInfo Split { get; } = new("split", "bios that the kernel split in two");

    /// <summary>Entries of the join.</summary>
    public static CounterInfo Queued { get; } = new("queued", "requests whose first event was seen");

    /// <summary>Entries that got their label.</summary>
    public static CounterInfo Labelled { get; } = new(
        "labelled", "requests whose second event was seen too; a record each, if it collected at the first");

    /// <summary>Entries whose bio went into a request that another bio of it had labelled.</summary>
    public static CounterInfo Merged { get; } = new("merged", "requests that went into another one, which was labelled");

    /// <summary>Entries whose bio ended without ever being issued.</summary>
    public static CounterInfo Unissued { get; } = new("unissued", "requests that ended without being issued");

    /// <summary>Entries that were not made.</summary>
    public static CounterInfo TableFull { get; } = new("table_full", "requests for which the table had no room");

    /// <summary>Entries that were overwritten.</summary>
    public static CounterInfo Expired { get; } = new("expired", "requests that were overwritten, or whose disk went or was given up");

    /// <summary>Entries that wait, looked up one by one, so that the identity checks the others.</summary>
    public static CounterInfo InFlight { get; } = new("in_flight", "requests that still wait for their second event", IsGauge: true);

    /// <summary>Records made, put and dropped.</summary>
    public static CounterInfo Produced { get; } = new("produced", "records that were made");

    /// <summary>Records that found their ring full.</summary>
    public static CounterInfo Dropped { get; } = new(
        "dropped", "records for which no ring had room, and those that nobody took before the rings went");

    /// <summary>Records taken, by the rings' positions.</summary>
    public static CounterInfo Consumed { get; } = new("consumed", "records that a reader took");

    /// <summary>Records that wait, by the rings' positions.</summary>
    public static CounterInfo Pending { get; } = new("pending", "records that wait for a reader", IsGauge: true);

    /// <summary>Impossible positions written by a reader.</summary>
    public static CounterInfo BadTail { get; } = new("bad_tail", "impossible positions that a reader wrote");

    /// <summary>Events at which a prediction was due.</summary>
    public static CounterInfo Tried { get; } = new("tried", "events at which a prediction was due");

    /// <summary>Predictions of the float network.</summary>
    public static CounterInfo Float { get; } = new("float", "predictions of the float network");

    /// <summary>Predictions of the integer twin.</summary>
    public static CounterInfo Integer { get; } = new("integer", "predictions of the integer twin");

    /// <summary>None, because the chosen path has no engine.</summary>
    public static CounterInfo NonePath { get; } = new("none_path", "events without one, as 'path' names no engine of this module");

    /// <summary>None, because the FPU was in use.</summary>
    public static CounterInfo NoneFpu { get; } = new("none_fpu", "events without one, as the FPU was taken");

    /// <summary>None, because a method faulted.</summary>
    public static CounterInfo NoneFault { get; } = new("none_fault", "events without one, as a method faulted");

    /// <summary>Predictions on which the policy asked for an action.</summary>
    public static CounterInfo WouldAct { get; } = new("would_act", "predictions on which the policy asked for an action");

    /// <summary>Actions carried out.</summary>
    public static CounterInfo Acted { get; } = new("acted", "actions carried out");

    /// <summary>Predictions in the share on which nothing is carried out.</summary>
    public static CounterInfo HeldOut { get; } = new("held_out", "predictions in the share on which nothing is carried out");

    /// <summary>Labels not computed, because the FPU was in use.</summary>
    public static CounterInfo LabelNone { get; } = new("label_none", "labels not computed, as the FPU was taken");

    /// <summary>Labels that faulted.</summary>
    public static CounterInfo LabelFault { get; } = new("label_fault", "labels that faulted");

    /// <summary>The events of the chosen disks, each by its word, and what went wrong with them.</summary>
    public static CounterGroup Events { get; } = new(
        "events",
        "events",
        "events",
        new(EventCatalog.All.Select(e => new CounterInfo(e.Word, $"'{e.Word}' events of the chosen disks")).Concat([Split, Contended, Faults])));

    /// <summary>What became of each request whose first event was seen.</summary>
    public static CounterGroup Join { get; } = new(
        "join",
        "requests, by what became of them",
        "requests",
        EquatableArray.Of(Queued, Labelled, Merged, Unissued, TableFull, Expired, InFlight),
        EquatableArray.Of(Labelled, Merged, Unissued, TableFull, Expired, InFlight));

    /// <summary>The records, of all rings together.</summary>
    public static CounterGroup Ring { get; } = new(
        "ring", "records", "records", EquatableArray.Of(Produced, Dropped, Consumed, Pending, BadTail), EquatableArray.Of(Consumed, Dropped, Pending));

    /// <summary>Who predicted, or why nobody did; what the policy asked for and what was done.</summary>
    public static CounterGroup Prediction { get; } = new(
        "prediction",
        "predictions",
        "events",
        EquatableArray.Of(Tried, Float, Integer, NonePath, NoneFpu, NoneFault, WouldAct, Acted, HeldOut, LabelNone, LabelFault),
        EquatableArray.Of(Float, Integer, NonePath, NoneFpu, NoneFault));

    /// <summary>
    /// Verdicts on predictions against verdicts on labels, of each engine, over what was not acted on; in the order [engine][predicted][actual].
    /// </summary>
    public static CounterGroup Accuracy { get; } = new("accuracy", "verdicts", "verdicts", new(Verdicts(Float).Concat(Verdicts(Integer))));

    /// <summary>All groups, in order.</summary>
    public static IReadOnlyList<CounterGroup> Groups { get; } = [Events, Join, Ring, Prediction, Accuracy];

    private static IEnumerable<CounterInfo> Verdicts(CounterInfo engine) =>
    [
        new($"{engine.Word}_true_negative", $"{engine.Word}: no was predicted, and no it was"),
        new($"{engine.Word}_false_negative", $"{engine.Word}: no was predicted, and it was yes"),
        new($"{engine.Word}_false_positive", $"{engine.Word}: yes was predicted, and it was no"),
        new($"{engine.Word}_true_positive", $"{engine.Word}: yes was predicted, and yes it was"),
    ];
}
