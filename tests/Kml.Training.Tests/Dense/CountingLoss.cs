using System;
using Kml.Training.Losses;

namespace Kml.Training.Tests.Dense;

/// <summary>A loss that notes how much the thread it runs on has allocated so far: what the threads of a pass allocate, and no other test's.</summary>
internal sealed record CountingLoss(Loss Inner) : Loss
{
    /// <summary>[managed thread].</summary>
    private readonly (long Bytes, int Visits)[] _threads = new (long, int)[1 << 12];

    /// <summary>Threads that have come twice at least since <see cref="Forget"/>.</summary>
    internal int ThreadsThatCameTwice
    {
        get
        {
            int count = 0;
            foreach ((_, int visits) in _threads)
                count += visits >= 2 ? 1 : 0;
            return count;
        }
    }

    /// <summary>Counts visits from now on.</summary>
    internal void Forget()
    {
        for (int i = 0; i < _threads.Length; i++)
            _threads[i].Visits = 0;
    }

    /// <summary>Bytes that all threads have allocated until they came last.</summary>
    internal long Allocated()
    {
        long sum = 0;
        foreach ((long bytes, _) in _threads)
            sum += bytes;
        return sum;
    }

    internal override void Check(int units) => Inner.Check(units);

    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy)
    {
        ref (long Bytes, int Visits) thread = ref _threads[Environment.CurrentManagedThreadId];
        thread.Bytes = GC.GetAllocatedBytesForCurrentThread();
        thread.Visits++;
        return Inner.Run(y, targets, weights, share, dy);
    }
}
