using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kml.Training.Trees;

/// <summary>
/// Copies a node's rows, those with a bin up to a threshold first, both sides in the order in which they were: 64 rows at a time by compressing vectors where
/// the processor can, else one by one. Which of the two makes no difference to what is written.
/// </summary>
internal static unsafe class RowPartition
{
    /// <summary>Whether the processor compresses vectors of bytes.</summary>
    internal static bool Compresses => Avx512Vbmi2.IsSupported && Avx512BW.IsSupported;

    /// <summary>Counts rows on the left.</summary>
    /// <param name="split">Bins of the rows; 64 bytes more may be read.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="threshold">The largest bin on the left.</param>
    /// <returns>The count.</returns>
    internal static int CountLeft(byte* split, int count, byte threshold)
    {
        Vector512<byte> bound = Vector512.Create(threshold);
        int left = 0, i = 0;
        for (; i <= count - 64; i += 64)
            left += BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.Load(split + i), bound).ExtractMostSignificantBits());
        for (; i < count; i++)
            left += split[i] <= threshold ? 1 : 0;
        return left;
    }

    /// <summary>Copies columns of bins.</summary>
    /// <param name="split">Bins of the feature that is split on; 64 bytes more may be read.</param>
    /// <param name="threshold">The largest bin on the left.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="left">How many go left.</param>
    /// <param name="from">The first column; 64 bytes more may be read of each.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="stride">Bytes from a column to the next.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="compress">Whether to compress vectors.</param>
    internal static void Columns(byte* split, byte threshold, int count, int left, byte* from, byte* to, int stride, int columns, bool compress)
    {
        for (int c = 0; c < columns && compress; c++)
            Compress(split, threshold, count, left, from + ((long)c * stride), to + ((long)c * stride));
        if (compress)
            return;
        // Where each row goes, once for all columns.
        const int Chunk = 512;
        int* places = stackalloc int[Chunk];
        int l = 0, r = left;
        for (int start = 0; start < count; start += Chunk)
        {
            int rows = Math.Min(Chunk, count - start);
            for (int i = 0; i < rows; i++)
            {
                int isLeft = split[start + i] <= threshold ? 1 : 0;
                places[i] = isLeft != 0 ? l : r;
                l += isLeft;
                r += 1 - isLeft;
            }

            for (int c = 0; c < columns; c++)
            {
                byte* source = from + ((long)c * stride) + start, target = to + ((long)c * stride);
                for (int i = 0; i < rows; i++)
                    target[places[i]] = source[i];
            }
        }
    }

    /// <summary>Copies row numbers and payloads.</summary>
    /// <param name="split">Bins of the feature that is split on; 64 bytes more may be read.</param>
    /// <param name="threshold">The largest bin on the left.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="left">How many go left.</param>
    /// <param name="from">The order to copy from.</param>
    /// <param name="to">The order to copy to.</param>
    /// <param name="start">The node's first place in both.</param>
    /// <param name="compress">Whether to compress vectors.</param>
    internal static void Rows(byte* split, byte threshold, int count, int left, RowOrder from, RowOrder to, int start, bool compress)
    {
        if (compress)
        {
            Compress(split, threshold, count, left, from.Rows + start, to.Rows + start);
            Compress(split, threshold, count, left, from.Payload + start, to.Payload + start);
            return;
        }

        int l = start, r = start + left;
        for (int i = 0; i < count; i++)
        {
            int isLeft = split[i] <= threshold ? 1 : 0;
            int place = isLeft != 0 ? l : r;
            to.Rows[place] = from.Rows[start + i];
            to.Payload[place] = from.Payload[start + i];
            l += isLeft;
            r += 1 - isLeft;
        }
    }

    private static void Compress(byte* split, byte threshold, int count, int left, byte* from, byte* to)
    {
        byte* l = to, r = to + left, leftEnd = r, rightEnd = to + count;
        Vector512<byte> bound = Vector512.Create(threshold), lanes = Vector512<byte>.Indices;
        int i = 0;
        for (; i <= count - 64; i += 64)
        {
            Vector512<byte> mask = Vector512.LessThanOrEqual(Vector512.Load(split + i), bound), values = Vector512.Load(from + i);
            int lefts = BitOperations.PopCount(mask.ExtractMostSignificantBits());
            Put(Avx512Vbmi2.Compress(Vector512<byte>.Zero, mask, values), lefts, l, leftEnd, lanes);
            Put(Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~mask, values), 64 - lefts, r, rightEnd, lanes);
            l += lefts;
            r += 64 - lefts;
        }

        if (i < count)
        {
            Vector512<byte> mask = Vector512.LessThanOrEqual(Vector512.Load(split + i), bound), values = Vector512.Load(from + i);
            Vector512<byte> present = Vector512.LessThan(lanes, Vector512.Create((byte)(count - i)));
            Put(Avx512Vbmi2.Compress(Vector512<byte>.Zero, mask & present, values), (int)(leftEnd - l), l, leftEnd, lanes);
            Put(Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~mask & present, values), (int)(rightEnd - r), r, rightEnd, lanes);
        }
    }

    private static void Compress(byte* split, byte threshold, int count, int left, int* from, int* to)
    {
        int* l = to, r = to + left, leftEnd = r, rightEnd = to + count;
        Vector512<int> bound = Vector512.Create((int)threshold), lanes = Vector512<int>.Indices;
        for (int i = 0; i < count; i += 16)
        {
            Vector512<int> present = Vector512.LessThan(lanes, Vector512.Create(count - i)), values = Vector512.Load(from + i);
            Vector512<int> mask = Vector512.LessThanOrEqual(Avx512F.ConvertToVector512Int32(Vector128.Load(split + i)), bound);
            int lefts = BitOperations.PopCount((mask & present).ExtractMostSignificantBits()), rights = Math.Min(16, count - i) - lefts;
            Put(Avx512F.Compress(Vector512<int>.Zero, mask & present, values), lefts, l, leftEnd, lanes);
            Put(Avx512F.Compress(Vector512<int>.Zero, ~mask & present, values), rights, r, rightEnd, lanes);
            l += lefts;
            r += rights;
        }
    }

    private static void Compress(byte* split, byte threshold, int count, int left, long* from, long* to)
    {
        long* l = to, r = to + left, leftEnd = r, rightEnd = to + count;
        Vector512<long> bound = Vector512.Create((long)threshold), lanes = Vector512<long>.Indices;
        for (int i = 0; i < count; i += 8)
        {
            Vector512<long> present = Vector512.LessThan(lanes, Vector512.Create((long)(count - i))), values = Vector512.Load(from + i);
            Vector512<long> mask = Vector512.LessThanOrEqual(
                Avx512F.ConvertToVector512Int64(Vector128.CreateScalarUnsafe(*(ulong*)(split + i)).AsByte()),
                bound);
            int lefts = BitOperations.PopCount((mask & present).ExtractMostSignificantBits()), rights = Math.Min(8, count - i) - lefts;
            Put(Avx512F.Compress(Vector512<long>.Zero, mask & present, values), lefts, l, leftEnd, lanes);
            Put(Avx512F.Compress(Vector512<long>.Zero, ~mask & present, values), rights, r, rightEnd, lanes);
            l += lefts;
            r += rights;
        }
    }

    /// <summary>Stores the first lanes: all of the vector while there is room, so that what is beyond is overwritten by the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<byte> values, int count, byte* to, byte* end, Vector512<byte> lanes)
    {
        if (to + 64 <= end)
            values.Store(to);
        else
            Avx512BW.MaskStore(to, Vector512.LessThan(lanes, Vector512.Create((byte)count)), values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<int> values, int count, int* to, int* end, Vector512<int> lanes)
    {
        if (to + 16 <= end)
            values.Store(to);
        else
            Avx512F.MaskStore(to, Vector512.LessThan(lanes, Vector512.Create(count)), values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<long> values, int count, long* to, long* end, Vector512<long> lanes)
    {
        if (to + 8 <= end)
            values.Store(to);
        else
            Avx512F.MaskStore(to, Vector512.LessThan(lanes, Vector512.Create((long)count)), values);
    }
}
