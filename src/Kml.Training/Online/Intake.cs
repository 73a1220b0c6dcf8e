using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Kml.Training.Online;

/// <summary>Where one producer's thread hands in its records. An offer allocates nothing and takes no lock; only a blocking one may wait.</summary>
/// <remarks>A producer is one thread at a time; each has an intake of its own.</remarks>
public sealed class Intake
{
    /// <summary>One offer in so many is timed.</summary>
    private const int TimedOneIn = 1024;

    /// <summary>Seconds by which the estimate moves at least.</summary>
    private const double LeastStep = 0.5e-9;

    private readonly RecordRing _ring;
    private readonly int _width;
    private readonly int _classes;
    private readonly (int Feature, int Count)[] _indices;

    /// <summary>[column] features, label, weight: records refused for it.</summary>
    private readonly long[] _refused;
    private long _noEvidence;
    private int _untilTimed = TimedOneIn;

    /// <summary>Follows the median of the timed offers, which an interruption by another thread hardly moves.</summary>
    private double _ticksAnOffer;
    private bool _waited;

    /// <summary>Makes one.</summary>
    /// <param name="ring">Where records go.</param>
    /// <param name="width">Features of a record.</param>
    /// <param name="classes">0 for a regression.</param>
    /// <param name="indices">The features that an embedding takes, and how many vectors it has.</param>
    internal Intake(RecordRing ring, int width, int classes, (int Feature, int Count)[] indices)
    {
        _ring = ring;
        _width = width;
        _classes = classes;
        _indices = indices;
        _refused = new long[width + 2];
    }

    /// <summary>Records left out as their weight is 0.</summary>
    internal long NoEvidence => Volatile.Read(ref _noEvidence);

    /// <summary>Estimated nanoseconds of an offer, waiting not counted.</summary>
    internal double OfferCost => Volatile.Read(ref _ticksAnOffer) * 1e9 / Stopwatch.Frequency;

    /// <summary>The ring that records go to.</summary>
    internal RecordRing Ring => _ring;

    /// <summary>Offers a record.</summary>
    /// <param name="features">The raw features.</param>
    /// <param name="label">The label in its unit, or the class.</param>
    /// <param name="weight">What it counts for, see <see cref="Evidence"/>.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">There are more or fewer features than the network takes.</exception>
    public OfferResult Offer(ReadOnlySpan<float> features, float label, float weight = 1)
    {
        if (--_untilTimed > 0)
            return OfferNow(features, label, weight);
        _untilTimed = TimedOneIn;
        _waited = false;
        long start = Stopwatch.GetTimestamp(), before = Stopwatch.GetTimestamp();
        OfferResult result = OfferNow(features, label, weight);
        long ticks = Stopwatch.GetTimestamp() - before - (before - start);
        if (!_waited)
        {
            Volatile.Write(
                ref _ticksAnOffer,
                Math.Max(0, _ticksAnOffer + (Math.Sign(ticks - _ticksAnOffer) * Math.Max(Stopwatch.Frequency * LeastStep, _ticksAnOffer / 16))));
        }

        return result;
    }

    /// <summary>Records refused for a column: a feature by its index, then the label, then the weight.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The count.</returns>
    internal long RefusedFor(int column) => Volatile.Read(ref _refused[column]);

    /// <summary>The same code whether timed or not, so that what is timed is not the cold one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private OfferResult OfferNow(ReadOnlySpan<float> features, float label, float weight)
    {
        if (_ring.Stopped)
            return OfferResult.Stopped;
        if (features.Length != _width)
            throw new ArgumentException($"{features.Length} features for a network that takes {_width}.", nameof(features));
        if (!FiniteNumbers.All(features) || !AreIndices(features) || !IsLabel(label) || !(weight >= 0 && float.IsFinite(weight)))
            return Refuse(features, label);
        if (weight == 0)
        {
            Volatile.Write(ref _noEvidence, _noEvidence + 1);
            return OfferResult.NoEvidence;
        }

        if (!_ring.TryBegin(out Span<float> slot) && !WaitForRoom(out slot))
            return OfferResult.Stopped;
        features.CopyTo(slot);
        slot[_width] = label;
        slot[_width + 1] = weight;
        _ring.Commit();
        return OfferResult.Accepted;
    }

    private bool IsLabel(float label) => _classes == 0 ? float.IsFinite(label) : IsIndexBelow(_classes, label);

    private static bool IsIndexBelow(int count, float value) => value >= 0 && value < count && value == MathF.Floor(value);

    private bool AreIndices(ReadOnlySpan<float> features)
    {
        foreach ((int feature, int count) in _indices)
        {
            if (!IsIndexBelow(count, features[feature]))
                return false;
        }

        return true;
    }

    private bool IsIndex(int column, float value)
    {
        foreach ((int feature, int count) in _indices)
        {
            if (feature == column)
                return IsIndexBelow(count, value);
        }

        return true;
    }

    private OfferResult Refuse(ReadOnlySpan<float> features, float label)
    {
        int column = 0;
        while (column < _width && float.IsFinite(features[column]) && IsIndex(column, features[column]))
            column++;
        if (column == _width && IsLabel(label))
            column++;
        Volatile.Write(ref _refused[column], _refused[column] + 1);
        return OfferResult.Refused;
    }

    private bool WaitForRoom(out Span<float> slot)
    {
        // Not to be taken for the cost of an offer.
        _waited = true;
        SpinWait wait = default;
        while (!_ring.TryBegin(out slot))
        {
            if (_ring.Stopped)
                return false;
            wait.SpinOnce();
        }

        return true;
    }
}
