using System.Linq;

namespace Kml.Model;

/// <summary>
/// How two events become one label. Its C: the part <c>&lt;word&gt;_join</c> of the family (in the probes), and <c>kml_&lt;word&gt;_join.*</c> (its table),
/// which <c>kml_join.h</c> says what must have.
/// </summary>
/// <param name="Word">Its word.</param>
/// <param name="Account">The counters of its entries, with their identity.</param>
/// <param name="Events">The events of a life, in its order.</param>
/// <param name="CountedField">The field that the search at the second event fills, where that event has it.</param>
public sealed record JoinInfo(string Word, CounterGroup Account, EquatableArray<JoinEvent> Events, string CountedField)
{
    /// <summary>The place of an event that can begin.</summary>
    /// <param name="kind">The event.</param>
    /// <returns>How it begins; null if it cannot.</returns>
    public JoinBegin? BeginAt(EventKind kind) => Events.FirstOrDefault(e => e.Event == kind)?.Begin;

    /// <summary>Whether it can make a label of two events: the second must come later.</summary>
    /// <param name="from">The first event.</param>
    /// <param name="to">The second event.</param>
    /// <returns>True if it can.</returns>
    public bool Connects(EventKind from, EventKind to) =>
        BeginAt(from) is not null && Events.SkipWhile(e => e.Event != from).Skip(1).Any(e => e.Event == to && e.CanEnd);
}

/// <summary>An event in the life that a join follows.</summary>
/// <param name="Event">The event.</param>
/// <param name="CanEnd">Whether a label can be known there.</param>
/// <param name="Begin">How an entry is made there; null where none can be.</param>
public sealed record JoinEvent(EventKind Event, bool CanEnd, JoinBegin? Begin);

/// <summary>How an entry is made.</summary>
/// <param name="Key">C: by what the entry is found again.</param>
/// <param name="Condition">C: what must hold for one to be made.</param>
/// <param name="Why">Why that must hold, for the reader of C: a sentence.</param>
/// <param name="Hooks">What else must be listened to from there on, so that every entry ends.</param>
public sealed record JoinBegin(string Key, string Condition, string Why, EquatableArray<JoinHook> Hooks = default);

/// <summary>A place in the kernel at which an entry moves or ends without an event.</summary>
/// <param name="Word">Its word in C.</param>
/// <param name="Hook">The place.</param>
/// <param name="Function">The C function, called under the entity's lock with the join and the hook's subject.</param>
/// <param name="Subject">The subject's name among the hook's parameters.</param>
/// <param name="Meaning">What happens there, for the reader of C: a sentence.</param>
/// <param name="Counter">What counts it; null where the function does.</param>
public sealed record JoinHook(string Word, HookInfo Hook, string Function, string Subject, string Meaning, CounterInfo? Counter);
