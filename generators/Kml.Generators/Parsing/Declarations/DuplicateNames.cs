using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>Finds models whose name another model has already. The analyzer and the generator share it.</summary>
internal static class DuplicateNames
{
    /// <summary>The models, each with the first of its name, in the order of the source: symbols arrive in any.</summary>
    /// <param name="models">All models.</param>
    /// <param name="name">A model's name.</param>
    /// <param name="place">The file and the position where the name is written, whatever <c>#line</c> says of it.</param>
    public static IEnumerable<(T First, T Later)> Of<T>(IEnumerable<T> models, Func<T, string> name, Func<T, (string? File, int Start)> place) => models
        .GroupBy(name)
        .Select(same => same.OrderBy(m => place(m).File, StringComparer.Ordinal).ThenBy(m => place(m).Start).ToList())
        .SelectMany(ordered => ordered.Skip(1).Select(later => (ordered[0], later)));
}
