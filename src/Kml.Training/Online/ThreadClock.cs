using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace Kml.Training.Online;

/// <summary>The machine's clocks.</summary>
internal sealed partial class ThreadClock : ITrainingClock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    public long Now => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public long Used
    {
        get
        {
            if (ClockGetTime(ThreadProcessorTime, out TimeSpec time) != 0)
            {
                throw new TrainingException("The system does not say how much processor time a thread has used, so no share of it can be kept to. "
                    + "Run on Linux.");
            }

            return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        }
    }

    public void Wait(long nanoseconds, ManualResetEventSlim stop) => stop.Wait((int)Math.Clamp((nanoseconds + 999_999) / 1_000_000, 1, int.MaxValue));

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
