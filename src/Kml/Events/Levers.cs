using System;
using System.Collections.Generic;
using Kml.Model;

namespace Kml.Events;

/// <summary>
/// What a lever's method does to its field, on values alone: for who has no struct at hand. The methods of the events are the one place where it is said.
/// </summary>
internal static class Levers
{
    private static readonly Dictionary<Lever, Func<ulong, IReadOnlyList<object>, ulong>> Effects = new()
    {
        [Lever.RaisePriority] = (found, arguments) =>
        {
            BioQueue e = new() { Priority = (uint)found };
            e.RaisePriority((IoPriority)(uint)arguments[0]);
            return e.Priority;
        },
    };

    /// <summary>Pulls a lever.</summary>
    /// <param name="lever">The lever.</param>
    /// <param name="found">Its field as it is found.</param>
    /// <param name="arguments">The arguments that its row states.</param>
    /// <returns>The field as it is left.</returns>
    public static ulong Pull(Lever lever, ulong found, IReadOnlyList<object> arguments) => Effects[lever](found, arguments);
}
