using System;

namespace Kml;

/// <summary>Sums and differences of counters that stop at the ends of their type instead of wrapping.</summary>
/// <remarks>Bodies may call them: <c>templates/compute/kml_count.h.sbn</c> has the same in C.</remarks>
public static class Saturating
{
    /// <summary>The sum, or <see cref="byte.MaxValue"/> where it is greater.</summary>
    public static byte Add(byte a, byte b) => (byte)Math.Min(a + b, byte.MaxValue);

    /// <summary>The sum, or <see cref="ushort.MaxValue"/> where it is greater.</summary>
    public static ushort Add(ushort a, ushort b) => (ushort)Math.Min(a + b, ushort.MaxValue);

    /// <summary>The sum, or <see cref="uint.MaxValue"/> where it is greater.</summary>
    public static uint Add(uint a, uint b) => b > uint.MaxValue - a ? uint.MaxValue : a + b;

    /// <summary>The sum, or <see cref="ulong.MaxValue"/> where it is greater.</summary>
    public static ulong Add(ulong a, ulong b) => b > ulong.MaxValue - a ? ulong.MaxValue : a + b;

    /// <summary>The difference, or 0 where it is less.</summary>
    public static byte Subtract(byte a, byte b) => (byte)Math.Max(a - b, 0);

    /// <inheritdoc cref="Subtract(byte, byte)"/>
    public static ushort Subtract(ushort a, ushort b) => (ushort)Math.Max(a - b, 0);

    /// <inheritdoc cref="Subtract(byte, byte)"/>
    public static uint Subtract(uint a, uint b) => a < b ? 0 : a - b;

    /// <inheritdoc cref="Subtract(byte, byte)"/>
    public static ulong Subtract(ulong a, ulong b) => a < b ? 0 : a - b;
}
