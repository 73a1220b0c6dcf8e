using System;

namespace Kml;

/// <summary>
/// How often values of each magnitude came: a counter for each bucket of <see cref="Buckets.Log2"/>, as many as a span has elements, such as an inline
/// array of the state.
/// </summary>
/// <remarks>Bodies may call them: they are translated as a method of the user's is, once for each length.</remarks>
public static class Histogram
{
    /// <summary>Counts a value in its bucket, whose counter stops at <see cref="uint.MaxValue"/>.</summary>
    /// <param name="counts">The counters.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="counts"/> is empty.</exception>
    public static void Add(Span<uint> counts, ulong value)
    {
        int bucket = Buckets.Log2(value, counts.Length);
        counts[bucket] = Saturating.Add(counts[bucket], 1u);
    }

    /// <summary>How many values were counted.</summary>
    /// <param name="counts">The counters.</param>
    /// <returns>The sum of all counters.</returns>
    public static ulong Count(ReadOnlySpan<uint> counts)
    {
        ulong count = 0;
        foreach (uint n in counts)
            count += n;
        return count;
    }

    /// <summary>The bucket in which a percentile lies: the first one with so many of a hundred that were counted in it and below.</summary>
    /// <param name="counts">The counters.</param>
    /// <param name="percent">
    /// How many of a hundred, such as 50 for the median: 0 and below is the least value that was counted, 100 and above the greatest.
    /// </param>
    /// <returns>
    /// The bucket: of bucket k from 1 on the values begin at 2^(k-1), and end before 2^k if it is not the last one; 0 if nothing was counted.
    /// </returns>
    public static int Percentile(ReadOnlySpan<uint> counts, int percent)
    {
        ulong wanted = Math.Max(((Count(counts) * (ulong)Math.Clamp(percent, 0, 100)) + 99) / 100, 1);
        ulong sum = 0;
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            sum += counts[bucket];
            if (sum >= wanted)
                return bucket;
        }

        return 0;
    }

    /// <summary>Halves all counters, rounded down: what is counted from now on weighs twice as much as what was.</summary>
    /// <param name="counts">The counters.</param>
    public static void Halve(Span<uint> counts)
    {
        for (int bucket = 0; bucket < counts.Length; bucket++)
            counts[bucket] >>= 1;
    }
}
