using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Lowering.Ranges;

/// <summary>Places that are written; of them, of what is within them, and of what another reference may reach them by nothing is known any more.</summary>
internal sealed class WrittenPlaces
{
    private readonly Dictionary<string, bool> _references;

    // Of each root the keys of what is written; null where that depends on an index.
    private readonly Dictionary<string, HashSet<string?>> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal), _others = new(StringComparer.Ordinal);

    /// <summary>Takes the places.</summary>
    /// <param name="places">The places.</param>
    /// <param name="references">The names by which one place may be reached twice, and whether each is an event's.</param>
    public WrittenPlaces(IEnumerable<Place> places, Dictionary<string, bool> references)
    {
        _references = references;
        foreach (Place place in places)
        {
            if (Operands.Root(place) is not { } root)
                continue;
            if (!_keys.TryGetValue(root, out HashSet<string?> keys))
                _keys.Add(root, keys = []);
            keys.Add(Facts.Key(place));
            if (references.TryGetValue(root, out bool isEvent))
                (isEvent ? _events : _others).Add(root);
        }
    }

    /// <summary>Whether nothing is written.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>Whether what is known of a place may have changed.</summary>
    /// <param name="known">The place, as <see cref="Facts.Key"/> names it.</param>
    public bool Touch(string known)
    {
        string root = RootOf(known);
        if (_keys.TryGetValue(root, out HashSet<string?> keys) && keys.Any(k => k is null || known == k || IsWithin(known, k) || IsWithin(k, known)))
            return true;
        if (!_references.TryGetValue(root, out bool isEvent))
            return false;
        HashSet<string> alike = isEvent ? _events : _others;
        return alike.Count > 1 || (alike.Count == 1 && !alike.Contains(root));
    }

    private static bool IsWithin(string inner, string outer) =>
        inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) && inner[outer.Length] is '.' or '[';

    private static string RootOf(string key)
    {
        int end = key.IndexOfAny(['.', '[']);
        return end < 0 ? key : key.Substring(0, end);
    }
}
