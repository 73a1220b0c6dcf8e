using System;
using System.ComponentModel;
using System.Linq;
using System.Runtime.InteropServices;

namespace Kml.Benchmarks.Training;

/// <summary>Where measured threads run: on the last cores, as the first serves interrupts.</summary>
internal static partial class Cores
{
    /// <summary>The cores for a number of threads.</summary>
    /// <param name="threads">The number.</param>
    /// <returns>Their indices, separated by commas.</returns>
    internal static string List(int threads) => string.Join(',', Enumerable.Range(0, Environment.ProcessorCount).TakeLast(threads));

    /// <summary>Ties the calling thread, and those that it starts from now on, to the last cores.</summary>
    /// <param name="threads">How many.</param>
    internal static void Pin(int threads)
    {
        ulong mask = Enumerable.Range(0, Environment.ProcessorCount).TakeLast(threads).Aggregate(0ul, (bits, core) => bits | (1ul << core));
        if (SetAffinity(0, sizeof(ulong), mask) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint size, in ulong mask);
}
