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
        uint key2 = _key0 ^ _key1 ^ Parity;
        low += Vector512.Create(_key0);
        high += Vector512.Create(_key1);
        Even(ref low, ref high);
        Inject(ref low, ref high, _key1, key2 + 1);
        Odd(ref low, ref high);
        Inject(ref low, ref high, key2, _key0 + 2);
        Even(ref low, ref high);
        Inject(ref low, ref high, _key0, _key1 + 3);
        Odd(ref low, ref high);
        Inject(ref low, ref high, _key1, key2 + 4);
        Even(ref low, ref high);
        Inject(ref low, ref high, key2, _key0 + 5);
        return (low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Even(ref Vector512<uint> low, ref Vector512<uint> high)
    {
        Round(ref low, ref high, 13);
        Round(ref low, ref high, 15);
        Round(ref low, ref high, 26);
        Round(ref low, ref high, 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Odd(ref Vector512<uint> low, ref Vector512<uint> high)
    {
        Round(ref low, ref high, 17);
        Round(ref low, ref high, 29);
        Round(ref low, ref high, 16);
        Round(ref low, ref high, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Vector512<uint> low, ref Vector512<uint> high, int rotation)
    {
        low += high;
        high = ((high << rotation) | (high >> (32 - rotation))) ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inject(ref Vector512<uint> low, ref Vector512<uint> high, uint toLow, uint toHigh)
    {
        low += Vector512.Create(toLow);
        high += Vector512.Create(toHigh);
    }
}
