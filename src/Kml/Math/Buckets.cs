using System;
using System.Numerics;

namespace Kml;

/// <summary>Which bucket of a histogram a value falls into.</summary>
/// <remarks>Bodies may call it: <c>templates/compute/kml_count.h.sbn</c> has the same in C.</remarks>
public static class Buckets
{
    /// <summary>
    /// The bucket of a value where each is twice as wide as the one before: bucket 0 holds 0, bucket k the values from 2^(k-1) to 2^k - 1,
    /// and the last one all that is left.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="buckets">How many buckets there are; 65 leave nothing to the last one. Less than 1 counts as 1.</param>
    /// <returns>The index, from 0 to <paramref name="buckets"/> - 1.</returns>
    public static int Log2(ulong value, int buckets) => buckets < 1 ? 0 : Math.Min(64 - BitOperations.LeadingZeroCount(value), buckets - 1);
}
