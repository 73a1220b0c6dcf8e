namespace Kml.Runtime;

/// <summary>The account of one ring, or the sum over all rings.</summary>
/// <param name="Produced">Records made, put and dropped.</param>
/// <param name="Dropped">Records that found the ring full.</param>
/// <param name="Consumed">Records taken by readers.</param>
/// <param name="Pending">Records that wait in the ring.</param>
public readonly record struct RingCounts(ulong Produced, ulong Dropped, ulong Consumed, ulong Pending)
{
    /// <summary>
    /// How much the identity <c>produced = consumed + dropped + pending</c> is off: 0 unless a record was just being made, or the account is wrong.
    /// </summary>
    public long Off => unchecked((long)(Produced - Consumed - Dropped - Pending));

    /// <summary>Adds two accounts.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static RingCounts operator +(RingCounts left, RingCounts right) => new(
        left.Produced + right.Produced,
        left.Dropped + right.Dropped,
        left.Consumed + right.Consumed,
        left.Pending + right.Pending);
}
