using System.Collections.Generic;
using System.Linq;

namespace Kml.Programs.Shrinking;

/// <summary>Parts of a list that may be left out: all of it, then halves, quarters, and so on to one.</summary>
internal static class Parts
{
    /// <summary>The parts.</summary>
    /// <param name="all">The list.</param>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> all)
    {
        for (int size = all.Count; size > 0; size /= 2)
        {
            for (int start = 0; start < all.Count; start += size)
                yield return [.. all.Skip(start).Take(size)];
        }
    }
}
