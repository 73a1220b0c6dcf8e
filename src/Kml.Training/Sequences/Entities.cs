using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Sequences;

/// <summary>The rows of each entity in the order of time; rows of one time stay in their order.</summary>
internal sealed class Entities
{
    private readonly int[] _rows;
    private readonly int[] _starts;

    /// <summary>Sorts the rows.</summary>
    /// <param name="samples">The rows; a group is an entity.</param>
    internal Entities(Samples samples)
    {
        ulong[] times = [.. samples.Times];
        int[] groups = [.. samples.Groups];
        _rows = [.. Enumerable.Range(0, samples.Count).OrderBy(row => groups[row]).ThenBy(row => times[row])];
        List<int> starts = [];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (i == 0 || groups[_rows[i]] != groups[_rows[i - 1]])
                starts.Add(i);
        }

        _starts = [.. starts, _rows.Length];
    }

    /// <summary>The number of entities.</summary>
    internal int Count => _starts.Length - 1;

    /// <summary>The rows of an entity.</summary>
    /// <param name="entity">Its index, in the order of group numbers.</param>
    /// <returns>Indices of rows, the oldest first.</returns>
    internal ReadOnlySpan<int> Rows(int entity) => _rows.AsSpan(_starts[entity].._starts[entity + 1]);
}
