using System;
using System.Collections.Generic;

namespace Kml.Programs.Trial;

/// <summary>A file that something on the way does not take.</summary>
/// <param name="by">What.</param>
/// <param name="reasons">What it said.</param>
internal sealed class RefusedException(string by, IEnumerable<string> reasons) : Exception($"refused by {by}: {string.Join('\n', reasons)}")
{
    /// <summary>What refused it.</summary>
    public string By { get; } = by;
}
