using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace Kml.Benchmarks;

/// <summary>What Linux says about a thread and about this process.</summary>
/// <param name="folder">The thread's folder below /proc.</param>
internal sealed class ThreadAccount(string folder)
{
    /// <summary>Finds a thread of this process by its name; waits for it to begin.</summary>
    /// <param name="name">The name, at most 15 characters.</param>
    /// <returns>Its account.</returns>
    internal static ThreadAccount Find(string name)
    {
        for (int tries = 0; tries < 100; tries++)
        {
            if (Directory.GetDirectories("/proc/self/task").FirstOrDefault(f => File.ReadAllText(Path.Combine(f, "comm")).Trim() == name) is { } folder)
                return new ThreadAccount(folder);
            Thread.Sleep(10);
        }

        throw new InvalidOperationException($"There is no thread '{name}'.");
    }

    /// <summary>Bytes of this process that are in memory.</summary>
    /// <returns>The bytes.</returns>
    internal static long ResidentBytes() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    /// <summary>Seconds that the thread has run.</summary>
    /// <returns>The seconds.</returns>
    internal double Seconds() => long.Parse(File.ReadAllText(Path.Combine(folder, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture) / 1e9;
}
