using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>Sums of the lanes of sixteen vectors at once, each in the tree of <see cref="RowVector.Sum"/>: neighbours share their halves, so that no lane is idle.</summary>
internal static class LaneSums
{
    /// <summary>to[k * stride + o] = the sum of the lanes of vector 4k + o.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="sums">Sixteen vectors; overwritten.</param>
    /// <param name="to">Receives four sums in each of four places.</param>
    /// <param name="stride">From one place to the next.</param>
    internal static void Sixteen<T>(Span<Vector512<T>> sums, Span<T> to, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float))
        {
            for (int i = 0; i < 16; i++)
                to[((i / 4) * stride) + (i % 4)] = RowVector.Sum(sums[i]);
            return;
        }

        ref Vector512<float> s = ref Unsafe.As<Vector512<T>, Vector512<float>>(ref sums[..16][0]);
        for (int i = 0; i < 4; i++)
        {
            Vector512<float> left = Halves(Unsafe.Add(ref s, i), Unsafe.Add(ref s, i + 8)), right = Halves(Unsafe.Add(ref s, i + 4), Unsafe.Add(ref s, i + 12));
            Unsafe.Add(ref s, i) = Quarters(left, right);
        }

        Vector512<float> all = Single(Pairs(s, Unsafe.Add(ref s, 2)), Pairs(Unsafe.Add(ref s, 1), Unsafe.Add(ref s, 3)));
        ref float first = ref Unsafe.As<T, float>(ref to[0]);
        Store(all.GetLower().GetLower(), ref first);
        Store(all.GetLower().GetUpper(), ref Unsafe.Add(ref first, stride));
        Store(all.GetUpper().GetLower(), ref Unsafe.Add(ref first, 2 * stride));
        Store(all.GetUpper().GetUpper(), ref Unsafe.Add(ref first, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> four, ref float to) => four.StoreUnsafe(ref to);

    /// <summary>Lanes 0-7: halves of a added; lanes 8-15: halves of b added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves(Vector512<float> a, Vector512<float> b)
    {
        Vector512<int> low = Vector512.Create(-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0);
        Vector512<float> other = Vector512.ConditionalSelect(low.AsSingle(), b, a);
        return Vector512.ConditionalSelect(low.AsSingle(), a, b) + Vector512.Shuffle(other, Vector512.Create(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    }

    /// <summary>In each half, the first four lanes: quarters of a added; the others: quarters of b added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(Vector512<float> a, Vector512<float> b)
    {
        Vector512<int> low = Vector512.Create(-1, -1, -1, -1, 0, 0, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0);
        Vector512<float> other = Vector512.ConditionalSelect(low.AsSingle(), b, a);
        return Vector512.ConditionalSelect(low.AsSingle(), a, b) + Vector512.Shuffle(other, Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
    }

    /// <summary>In each quarter, the first two lanes: pairs of a added; the others: pairs of b added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pairs(Vector512<float> a, Vector512<float> b)
    {
        Vector512<int> low = Vector512.Create(-1, -1, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0);
        Vector512<float> other = Vector512.ConditionalSelect(low.AsSingle(), b, a);
        return Vector512.ConditionalSelect(low.AsSingle(), a, b) + Vector512.Shuffle(other, Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
    }

    /// <summary>In each pair, the first lane: the pair of a added; the other: that of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Single(Vector512<float> a, Vector512<float> b)
    {
        Vector512<int> low = Vector512.Create(-1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0);
        Vector512<float> other = Vector512.ConditionalSelect(low.AsSingle(), b, a);
        return Vector512.ConditionalSelect(low.AsSingle(), a, b) + Vector512.Shuffle(other, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
    }
}
