using System;
using System.Diagnostics;
using System.Threading;

namespace Kml.TestSupport;

/// <summary>
/// Judges whether code allocates, whatever the runtime does beside it. What a call allocates shows in every round; what the runtime allocates on the same
/// thread (a type that is loaded, a cast that is cached, a method whose better code is not there yet) does not, but nobody can say after how many calls it
/// ends: code is made better on a thread of its own, which a busy host hardly lets run. So rounds are run until some in a row are clean, and time is given
/// between those that are not.
/// </summary>
/// <param name="counter">Bytes allocated so far by what is judged; null for the calling thread.</param>
/// <param name="allowed">Bytes that a round may allocate.</param>
/// <param name="patience">How long to go on; null for what ends only code that allocates.</param>
public sealed class AllocationRounds(Func<long>? counter = null, long allowed = 0, TimeSpan? patience = null)
{
    /// <summary>Rounds in a row that must be clean: an allocation in every third call shows too.</summary>
    internal const int CleanInARow = 3;

    private const int LeastRounds = 100;
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(100);

    private readonly Func<long> _counter = counter ?? GC.GetAllocatedBytesForCurrentThread;
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromMinutes(2);
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _before;
    private long _least = long.MaxValue;
    private int _rounds;
    private int _clean;

    /// <summary>Whether enough rounds in a row were clean.</summary>
    private bool Clean => _clean == CleanInARow;

    /// <summary>Runs code until it is clean, and fails if it never is.</summary>
    /// <param name="round">A round: all that must not allocate, from a state to the same state.</param>
    public static void ShouldAllocateNothing(Action round) => new AllocationRounds().Run(round);

    /// <summary>Runs code until it is clean, and fails if it never is.</summary>
    /// <param name="round">A round.</param>
    public void Run(Action round)
    {
        Begin();
        do
            round();
        while (!End());
        Verify();
    }

    /// <summary>Begins the first round.</summary>
    public void Begin() => _before = _counter();

    /// <summary>Ends a round and begins the next.</summary>
    /// <returns>Whether it is judged, so that no other is needed.</returns>
    public bool End()
    {
        long bytes = _counter() - _before;
        _least = Math.Min(_least, bytes);
        _rounds++;
        _clean = bytes <= allowed ? _clean + 1 : 0;
        if (Clean)
            return true;
        if (_clean == 0)
        {
            if (_rounds >= LeastRounds && Stopwatch.GetElapsedTime(_start) > _patience)
                return true;
            Thread.Sleep(_patience == TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(_rounds, LongestNap.TotalMilliseconds)));
        }

        _before = _counter();
        return false;
    }

    /// <summary>Fails if the code allocates.</summary>
    /// <exception cref="InvalidOperationException">It does.</exception>
    public void Verify()
    {
        if (!Clean)
            throw new InvalidOperationException($"Of {_rounds} rounds no {CleanInARow} in a row allocated at most {allowed} bytes; the least was {_least}.");
    }
}
