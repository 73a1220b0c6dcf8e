using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training;

/// <summary>
/// Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw 2011): random bits that are a function of a key and a counter, so that threads and vectors may
/// draw them in any order and a resumed training draws the same.
/// </summary>
/// <param name="key">The key.</param>
internal readonly struct CounterRandomness(ulong key)
{
    private const uint Parity = 0x1bd11bda;

    private readonly uint _key0 = (uint)key;
    private readonly uint _key1 = (uint)(key >> 32);

    /// <summary>64 bits of a counter; also a key for what the counter numbers.</summary>
    /// <param name="counter">The counter.</param>
    /// <returns>The bits.</returns>
    internal ulong Draw(ulong counter)
    {
        (Vector512<uint> low, Vector512<uint> high) = Draw(Vector512.Create((uint)counter), Vector512.Create((uint)(counter >> 32)));
        return low[0] | ((ulong)high[0] << 32);
    }

    /// <summary>64 bits of each of 16 counters.</summary>
    /// <param name="low">The counters' low halves.</param>
    /// <param name="high">Their high halves.</param>
    /// <returns>Low and high halves of the bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (Vector512<uint> Low, Vector512<uint> High) Draw(Vector512<uint> low, Vector512<uint> high)
    {
        uint third = _key0 ^ _key1 ^ Parity;
        Vector512<uint> key0 = Vector512.Create(_key0), key1 = Vector512.Create(_key1), key2 = Vector512.Create(third);
        low += key0;
        high += key1;
        Rounds(ref low, ref high, 13, 15, 26, 6);
        low += key1;
        high += key2 + Vector512.Create(1u);
        Rounds(ref low, ref high, 17, 29, 16, 24);
        low += key2;
        high += key0 + Vector512.Create(2u);
        Rounds(ref low, ref high, 13, 15, 26, 6);
        low += key0;
        high += key1 + Vector512.Create(3u);
        Rounds(ref low, ref high, 17, 29, 16, 24);
        low += key1;
        high += key2 + Vector512.Create(4u);
        Rounds(ref low, ref high, 13, 15, 26, 6);
        low += key2;
        high += key0 + Vector512.Create(5u);
        return (low, high);
    }

    /// <summary>Four rounds between two additions of the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rounds(
        ref Vector512<uint> low,
        ref Vector512<uint> high,
        [ConstantExpected] int first,
        [ConstantExpected] int second,
        [ConstantExpected] int third,
        [ConstantExpected] int fourth)
    {
        low += high;
        high = Rotate(high, first) ^ low;
        low += high;
        high = Rotate(high, second) ^ low;
        low += high;
        high = Rotate(high, third) ^ low;
        low += high;
        high = Rotate(high, fourth) ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Rotate(Vector512<uint> value, [ConstantExpected] int bits) => (value << bits) | (value >> (32 - bits));
}
