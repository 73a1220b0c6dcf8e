using System;
using System.Linq;

namespace Kml.Training.Quantise;

/// <summary>The rows on which the quantiser measures ranges: spread evenly over those that were trained on.</summary>
internal static class CalibrationRows
{
    private const int Most = 2048;

    /// <summary>Takes the rows.</summary>
    /// <param name="count">How many were trained on.</param>
    /// <param name="row">A row's raw feature values.</param>
    /// <returns>The rows.</returns>
    internal static uint[][] Of(int count, Func<int, uint[]> row)
    {
        int rows = Math.Min(Most, count);
        return [.. Enumerable.Range(0, rows).Select(i => row((int)((long)i * count / rows)))];
    }
}
