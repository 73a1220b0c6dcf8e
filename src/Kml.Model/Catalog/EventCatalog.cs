using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Catalog;

namespace Kml.Model;

/// <summary>The events: the one table of them.</summary>
public static class EventCatalog
{
    /// <summary>All events, in the order of <see cref="EventKind"/>.</summary>
    public static IReadOnlyList<EventInfo> All { get; } = BlockEvents.All;

    /// <summary>The families, in the order of their first events.</summary>
    public static IReadOnlyList<EventFamily> Families { get; } = [.. All.Select(e => e.Family).Distinct()];

    /// <summary>The levers, each once.</summary>
    public static IReadOnlyList<LeverInfo> Levers { get; } = [.. All.SelectMany(e => e.Levers).Distinct()];

    /// <summary>The event of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The event.</returns>
    public static EventInfo Info(this EventKind kind) => All[(int)kind];

    /// <summary>The row of a lever.</summary>
    /// <param name="lever">The lever.</param>
    /// <returns>Its row.</returns>
    public static LeverInfo Info(this Lever lever) => Levers.First(l => l.Lever == lever);

    /// <summary>Finds an event by the full name of its C# struct.</summary>
    /// <param name="clrName">Such as <c>Kml.BioQueue</c>.</param>
    /// <returns>The event, or null.</returns>
    public static EventInfo? ByClrName(string clrName) => All.FirstOrDefault(e => e.ClrName == clrName);

    /// <summary>Finds an event by its number between the module and user space.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The event, or null.</returns>
    public static EventInfo? ByNumber(uint number) => All.FirstOrDefault(e => e.Number == number);

    /// <summary>Finds an event by its word.</summary>
    /// <param name="word">Such as <c>bio_queue</c>.</param>
    /// <returns>The event.</returns>
    /// <exception cref="FormatException">No event has this word.</exception>
    public static EventInfo FromWord(string word) =>
        All.FirstOrDefault(e => e.Word == word) ?? throw new FormatException($"'{word}' is no event.");
}
