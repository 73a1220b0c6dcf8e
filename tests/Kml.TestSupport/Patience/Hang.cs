using System;
using System.Threading;

namespace Kml.TestSupport;

/// <summary>Waits for what must happen. The limit is no measure of speed: it only ends what hangs, on the busiest host.</summary>
public static class Hang
{
    /// <summary>What takes longer hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(45);

    /// <summary>Waits until something is so.</summary>
    /// <param name="what">Words for what is waited for.</param>
    /// <param name="happened">Whether it is so.</param>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static void Until(string what, Func<bool> happened) => Check(what, SpinWait.SpinUntil(happened, Limit));

    /// <summary>Waits until a thread has set an event.</summary>
    /// <param name="what">Words for what is waited for.</param>
    /// <param name="happened">The event.</param>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static void Until(string what, ManualResetEventSlim happened) => Check(what, happened.Wait(Limit));

    /// <summary>Waits until a thread has ended.</summary>
    /// <param name="what">Words for the thread.</param>
    /// <param name="thread">The thread.</param>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static void Join(string what, Thread thread) => Check(what, thread.Join(Limit));

    private static void Check(string what, bool happened)
    {
        if (!happened)
            throw new TimeoutException($"Nothing happened in {Limit}: {what}.");
    }
}
