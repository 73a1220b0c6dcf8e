using System;
using System.Threading;

namespace Kml.Training.Online;

/// <summary>
/// Keeps work to a share of one processor: a bucket of processor time that fills at nineteen twentieths of the share and holds a twentieth of what a window
/// allows. Work begins only while the bucket is not empty; what a unit of work costs is known when it is done, and a debt is waited off.
/// So between any two beginnings that are a window or more apart, no more than the share is used, whatever a unit costs:
/// used = what the bucket lost + what it gained, at most window/20 + 19/20 of the time, all times the share.
/// </summary>
internal sealed class CpuGovernor
{
    /// <summary>Nanoseconds of the window over which the share holds.</summary>
    internal const long Window = 1_000_000_000;

    /// <summary>Nanoseconds between two looks at the processor clock, which is a system call.</summary>
    internal const long Quantum = 100_000;

    private const int Parts = 20;
    private const int Marks = 16;

    private readonly ITrainingClock _clock;
    private readonly ManualResetEventSlim _stop;
    private readonly double _rate;
    private readonly double _capacity;

    /// <summary>When, and what was used until then; about a window's worth.</summary>
    private readonly (long At, long Used)[] _marks = new (long, long)[Marks];
    private readonly long _quantum;
    private double _tokens;
    private long _last;
    private long _lastUsed;
    private long _total;
    private int _mark;

    /// <summary>Starts with an empty bucket. To be called, like all else here, on the thread that works.</summary>
    /// <param name="share">The share of a processor.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="stop">Ends waiting.</param>
    /// <param name="quantum">Nanoseconds between two looks at the processor clock.</param>
    internal CpuGovernor(double share, ITrainingClock clock, ManualResetEventSlim stop, long quantum = Quantum)
    {
        _clock = clock;
        _stop = stop;
        _quantum = quantum;
        _rate = share * (Parts - 1) / Parts;
        _capacity = share * Window / Parts;
        _last = clock.Now;
        _lastUsed = clock.Used;
        Array.Fill(_marks, (_last, 0));
    }

    /// <summary>Nanoseconds of processor time that were used.</summary>
    internal long Total => Volatile.Read(ref _total);

    /// <summary>The share that was used over the last window.</summary>
    internal double Share { get; private set; }

    /// <summary>The greatest <see cref="Share"/> so far.</summary>
    internal double PeakShare { get; private set; }

    /// <summary>After a unit of work: accounts for it, and waits until more may begin.</summary>
    /// <param name="elsewhere">Nanoseconds used on other threads for this work since the last call that returned true.</param>
    /// <returns>Whether it looked at the clock.</returns>
    internal bool Pay(long elsewhere)
    {
        if (_clock.Now - _last < _quantum)
            return false;
        Settle(elsewhere);
        while (_tokens < 0 && !_stop.IsSet)
        {
            // Until it is half full, so that waking up is seldom.
            _clock.Wait((long)(((_capacity / 2) - _tokens) / _rate) + 1, _stop);
            Settle(0);
        }

        return true;
    }

    /// <summary>When there is nothing to do.</summary>
    /// <param name="nanoseconds">How long to wait.</param>
    /// <param name="elsewhere">Nanoseconds used on other threads for this work.</param>
    internal void Idle(long nanoseconds, long elsewhere)
    {
        Settle(elsewhere);
        _clock.Wait(Math.Max(nanoseconds, _tokens < 0 ? (long)(-_tokens / _rate) + 1 : 0), _stop);
        Settle(0);
    }

    private void Settle(long elsewhere)
    {
        long now = _clock.Now, used = _clock.Used, cost = used - _lastUsed + elsewhere;
        _tokens = Math.Min(_capacity, _tokens + (_rate * (now - _last))) - cost;
        _last = now;
        _lastUsed = used;
        Volatile.Write(ref _total, _total + cost);

        // The oldest mark that is a window old or more begins the span that is judged.
        (long at, long before) = _marks[_mark];
        if (now - at >= Window)
        {
            Share = (double)(_total - before) / (now - at);
            PeakShare = Math.Max(PeakShare, Share);
        }

        (long newest, _) = _marks[(_mark + Marks - 1) % Marks];
        if (now - newest >= Window / (Marks - 1))
        {
            _marks[_mark] = (now, _total);
            _mark = (_mark + 1) % Marks;
        }
    }
}
