using System;
using System.Runtime.InteropServices;

namespace Kml.Training.Trees;

/// <summary>Sorts a column by value, with the rows it came from: three stable passes of 11 bits, linear in the rows.</summary>
internal sealed class RadixSort
{
    private const int Bits = 11;
    private const int Digits = 1 << Bits;

    private readonly Entry[] _entries;
    private readonly Entry[] _spare;
    private readonly int[] _starts = new int[3 * Digits];

    internal RadixSort(int rows)
    {
        _entries = new Entry[rows];
        _spare = new Entry[rows];
    }

    /// <summary>Sorts.</summary>
    /// <param name="column">Finite values.</param>
    /// <returns>The values' keys in rising order with their rows, equal values in the order of rows; valid until the next call.</returns>
    internal ReadOnlySpan<Entry> Run(ReadOnlySpan<float> column)
    {
        Span<int> first = _starts.AsSpan(0, Digits), second = _starts.AsSpan(Digits, Digits), third = _starts.AsSpan(2 * Digits, Digits);
        _starts.AsSpan().Clear();
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(column);
        for (int row = 0; row < bits.Length; row++)
        {
            uint key = Key(bits[row]);
            _entries[row] = new Entry(key, row);
            first[(int)(key & (Digits - 1))]++;
            second[(int)((key >> Bits) & (Digits - 1))]++;
            third[(int)(key >> (2 * Bits))]++;
        }

        Pass(_entries, _spare, first, 0);
        Pass(_spare, _entries, second, Bits);
        Pass(_entries, _spare, third, 2 * Bits);
        return _spare;
    }

    /// <summary>A value's key: keys are in the order of values, and both zeros have one.</summary>
    private static uint Key(uint bits)
    {
        bits = bits == 0x80000000u ? 0 : bits;
        return (bits & 0x80000000u) != 0 ? ~bits : bits | 0x80000000u;
    }

    private static void Pass(ReadOnlySpan<Entry> from, Span<Entry> to, Span<int> starts, int shift)
    {
        int next = 0;
        for (int digit = 0; digit < Digits; digit++)
            (starts[digit], next) = (next, next + starts[digit]);
        for (int i = 0; i < from.Length; i++)
            to[starts[(int)((from[i].Key >> shift) & (Digits - 1))]++] = from[i];
    }

    /// <summary>A value and its row.</summary>
    /// <param name="Key">The value as a number in the order of values.</param>
    /// <param name="Row">The row.</param>
    internal readonly record struct Entry(uint Key, int Row)
    {
        /// <summary>The value.</summary>
        internal float Value => BitConverter.UInt32BitsToSingle((Key & 0x80000000u) != 0 ? Key & 0x7fffffffu : ~Key);
    }
}
