using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Kml.TestSupport;

/// <summary>
/// Signals that this process was started to ignore, as a shell does with what it runs in its background: they end nothing, whatever handles them.
/// </summary>
public static class IgnoredSignals
{
    /// <summary>Whether a signal is one of them.</summary>
    /// <param name="signal">The system's number.</param>
    /// <returns>Whether it is.</returns>
    public static bool Contain(int signal)
    {
        // The mask has bit n - 1 for signal n (proc(5)).
        string mask = File.ReadLines("/proc/self/status").Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        return ((ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1)) & 1) != 0;
    }
}
