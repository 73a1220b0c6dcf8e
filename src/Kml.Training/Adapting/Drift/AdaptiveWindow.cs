using System;

namespace Kml.Training.Adapting;

/// <summary>
/// ADWIN (Bifet and Gavaldà 2007): the longest window of latest values whose mean did not change. Whenever two parts of it differ by more than chance allows,
/// the older one is forgotten. The window is kept as an exponential histogram: memory and time grow with the logarithm of its length, up to a fixed bound.
/// </summary>
/// <remarks>
/// Weighted values: a part counts as many values as its effective sample size (squared sum of weights over sum of squared weights).
/// The bound supposes independent values; where neighbours are alike, put <see cref="BlockMeans"/> before it.
/// </remarks>
public sealed class AdaptiveWindow : IDriftDetector
{
    /// <summary>Buckets of each size, as in the paper's experiments.</summary>
    internal const int BucketsPerSize = 5;

    /// <summary>The largest bucket holds two to this power of values; longer ago than that is forgotten.</summary>
    private const int Sizes = 32;

    /// <summary>A warning is given at so many times the risk of a false alarm.</summary>
    private const double WarningRisk = 50;

    private readonly double _low;
    private readonly double _high;
    private readonly double _risk;
    private readonly bool _risesOnly;

    // [size][bucket], the oldest bucket of a size first; a bucket of size s holds 2^s values.
    private readonly Moments[] _buckets = new Moments[Sizes * (BucketsPerSize + 1)];
    private readonly int[] _used = new int[Sizes];
    private int _sinceLook;

    /// <summary>Makes one.</summary>
    /// <param name="low">The lowest value that there can be; lower ones are taken for it.</param>
    /// <param name="high">The highest value that there can be; higher ones are taken for it.</param>
    /// <param name="risk">The risk of a false alarm, for each look; above 0 and below 1.</param>
    /// <param name="risesOnly">Whether only rises are drift, as for a loss. A fall shortens the window all the same.</param>
    /// <exception cref="TrainingException">The range is none, or the risk is.</exception>
    public AdaptiveWindow(double low = 0, double high = 1, double risk = 0.002, bool risesOnly = false)
    {
        if (!(double.IsFinite(low) && double.IsFinite(high) && low < high))
        {
            throw new TrainingException(
                FormattableString.Invariant($"The values of an adaptive window cannot lie between {low} and {high}: ")
                + "give the range of the loss, the lower end first.");
        }

        if (!(risk > 0 && risk < 1))
            throw new TrainingException(FormattableString.Invariant($"The risk of a false alarm is {risk}; it must be above 0 and below 1."));
        (_low, _high, _risk, _risesOnly) = (low, high, risk, risesOnly);
    }

    /// <summary>So many values pass between two looks for a change; at least 1. A look takes longer than a value, and each has its risk.</summary>
    public int LookEvery { get; init; } = 16;

    /// <inheritdoc/>
    public DriftState State { get; private set; }

    /// <summary>The number of values in the window.</summary>
    public long Length { get; private set; }

    /// <summary>The weighted mean of the window.</summary>
    public double Mean => Total.Mean;

    /// <summary>The mean after the last change less the one before.</summary>
    public double Change { get; private set; }

    /// <summary>All of the window.</summary>
    internal Moments Total
    {
        get
        {
            Moments total = default;
            for (int size = Sizes - 1; size >= 0; size--)
            {
                foreach (ref readonly Moments bucket in Buckets(size))
                    total += bucket;
            }

            return total;
        }
    }

    /// <inheritdoc/>
    public DriftState Add(double value, double weight = 1)
    {
        Moments.Require(value, weight);
        if (State == DriftState.Drift)
            State = DriftState.None;
        if (weight == 0)
            return State;

        Insert(Moments.Of(Math.Clamp(value, _low, _high), weight));
        if (++_sinceLook < LookEvery)
            return State;
        _sinceLook = 0;
        State = DriftState.None;
        for (DriftState found; (found = Look(out double change)) != DriftState.None;)
        {
            if (!_risesOnly || change > 0)
                State = (DriftState)Math.Max((int)State, (int)found);
            if (found == DriftState.Warning)
                break;
            Change = change;
            DropOldest();
        }

        return State;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_used);
        Length = 0;
        _sinceLook = 0;
        Change = 0;
        State = DriftState.None;
    }

    /// <summary>By how much the means of two parts may differ by chance: the bound of the paper's section 3, after Bernstein, for values of a range.</summary>
    internal static double Bound(in Moments total, double older, double newer, double range, double risk)
    {
        double parts = (1 / older) + (1 / newer), log = Math.Log(2 * Math.Max(1, Math.Log(total.EffectiveCount)) / risk);
        return Math.Sqrt(2 * parts * total.Variance * log) + (2.0 / 3 * range * parts * log);
    }

    private ReadOnlySpan<Moments> Buckets(int size) => _buckets.AsSpan(size * (BucketsPerSize + 1), _used[size]);

    private void Insert(Moments value)
    {
        Length++;
        Moments carried = value;
        for (int size = 0; size < Sizes; size++)
        {
            Span<Moments> row = _buckets.AsSpan(size * (BucketsPerSize + 1), BucketsPerSize + 1);
            row[_used[size]++] = carried;
            if (_used[size] <= BucketsPerSize)
                return;
            carried = row[0] + row[1];
            row[2..].CopyTo(row);
            _used[size] -= 2;
        }

        Length -= 1L << Sizes;
    }

    private void DropOldest()
    {
        int size = Array.FindLastIndex(_used, used => used > 0);
        Span<Moments> row = _buckets.AsSpan(size * (BucketsPerSize + 1), BucketsPerSize + 1);
        row[1..].CopyTo(row);
        _used[size]--;
        Length -= 1L << size;
    }

    /// <summary>Looks at each border between buckets, from the oldest on.</summary>
    private DriftState Look(out double change)
    {
        Moments total = Total, older = default;
        DriftState found = DriftState.None;
        change = 0;
        for (int size = Sizes - 1; size >= 0; size--)
        {
            foreach (ref readonly Moments bucket in Buckets(size))
            {
                older += bucket;
                double newerWeight = total.Weight - older.Weight, newerSquares = total.Squares - older.Squares;

                // What rounding leaves of the last bucket, once all of it is older, is no part.
                if (newerWeight <= total.Weight * 1e-9 || newerSquares <= total.Squares * 1e-9)
                    continue;
                double newerMean = ((total.Mean * total.Weight) - (older.Mean * older.Weight)) / newerWeight;
                double distance = Math.Abs(newerMean - older.Mean), newer = newerWeight * newerWeight / newerSquares;
                if (distance > Bound(total, older.EffectiveCount, newer, _high - _low, _risk))
                {
                    change = newerMean - older.Mean;
                    return DriftState.Drift;
                }

                if (found == DriftState.None && distance > Bound(total, older.EffectiveCount, newer, _high - _low, Math.Min(0.5, _risk * WarningRisk)))
                {
                    found = DriftState.Warning;
                    change = newerMean - older.Mean;
                }
            }
        }

        return found;
    }
}
