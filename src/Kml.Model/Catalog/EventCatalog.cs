using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>What is known of a kernel event.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Word">Its word in the canonical text and in C: <c>struct kml_&lt;word&gt;</c>.</param>
/// <param name="ClrName">The full name of its C# struct.</param>
/// <param name="Tracepoint">The kernel's tracepoint.</param>
/// <param name="OfRequest">Whether it happens to requests: never, then, on a disk whose driver takes bios.</param>
/// <param name="Fields">Its fields, in layout order.</param>
/// <param name="Levers">What a policy may do at it.</param>
public sealed record EventInfo(
    EventKind Kind,
    string Word,
    string ClrName,
    string Tracepoint,
    bool OfRequest,
    EquatableArray<FieldSpec> Fields,
    EquatableArray<LeverInfo> Levers)
{
    /// <summary>The layout of its struct, alike in C and C#.</summary>
    public StructLayout Layout { get; } = StructLayout.Of(Fields);

    /// <summary>Finds a field by its C# name.</summary>
    /// <param name="name">The C# name.</param>
    /// <returns>The field, or null.</returns>
    public FieldSpec? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <summary>An action that an event allows.</summary>
/// <param name="Lever">The action.</param>
/// <param name="MethodName">The C# method that stands for it.</param>
/// <param name="Parameters">The types of its arguments.</param>
public sealed record LeverInfo(Lever Lever, string MethodName, EquatableArray<LeverParameter> Parameters);

/// <summary>A parameter of a lever.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
public sealed record LeverParameter(string Name, ScalarType Type);

/// <summary>The events, their fields, the joins between them, and what may be done at each: the one table of all of it.</summary>
public static class EventCatalog
{
    private static readonly FieldSpec[] Common =
    [
        new("TimeNs", ScalarType.U64),
        new("Sector", ScalarType.U64),
        new("DiskSectors", ScalarType.U64),
        new("Sectors", ScalarType.U32),
        new("Device", ScalarType.U32),
        new("Operation", ScalarType.U32),
        new("Flags", ScalarType.U32),
        new("Priority", ScalarType.U32),
        new("Cpu", ScalarType.U32),
    ];

    private static readonly FieldSpec[] Chain = [new("Bios", ScalarType.U32), new("Reserved", ScalarType.U32)];

    /// <summary>All events, in the order of <see cref="EventKind"/>.</summary>
    public static IReadOnlyList<EventInfo> All { get; } =
    [
        new(
            EventKind.BioQueue,
            "bio_queue",
            "Kml.BioQueue",
            "block_bio_queue",
            false,
            new(Common),
            EquatableArray.Of(new LeverInfo(Lever.RaisePriority, "RaisePriority", EquatableArray.Of(new LeverParameter("priority", ScalarType.U32))))),
        new(EventKind.BlockInsert, "block_insert", "Kml.BlockInsert", "block_rq_insert", true, new(Common.Concat(Chain)), default),
        new(EventKind.BlockIssue, "block_issue", "Kml.BlockIssue", "block_rq_issue", true, new(Common.Concat(Chain)), default),
        new(
            EventKind.BlockComplete,
            "block_complete",
            "Kml.BlockComplete",
            "block_rq_complete",
            true,
            new(Common.Concat([new FieldSpec("Error", ScalarType.I32), new FieldSpec("Bytes", ScalarType.U32)])),
            default),
    ];

    /// <summary>The event of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The event.</returns>
    public static EventInfo Info(this EventKind kind) => All[(int)kind];

    /// <summary>Finds an event by the full name of its C# struct.</summary>
    /// <param name="clrName">Such as <c>Kml.BioQueue</c>.</param>
    /// <returns>The event, or null.</returns>
    public static EventInfo? ByClrName(string clrName) => All.FirstOrDefault(e => e.ClrName == clrName);

    /// <summary>Finds an event by its word.</summary>
    /// <param name="word">Such as <c>bio_queue</c>.</param>
    /// <returns>The event.</returns>
    /// <exception cref="FormatException">No event has this word.</exception>
    public static EventInfo FromWord(string word) =>
        All.FirstOrDefault(e => e.Word == word) ?? throw new FormatException($"'{word}' is no event.");

    /// <summary>
    /// Whether the module can join two events into a record: the second must come later in a request's life,
    /// and a bio is followed from queueing, insertion or issue to issue or completion.
    /// </summary>
    /// <param name="from">The first event.</param>
    /// <param name="to">The second event.</param>
    /// <returns>True if a join connects them.</returns>
    public static bool Joins(EventKind from, EventKind to) =>
        to is EventKind.BlockIssue or EventKind.BlockComplete && from < to;
}
