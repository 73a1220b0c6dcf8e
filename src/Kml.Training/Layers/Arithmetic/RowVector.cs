using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kml.Training.Layers;

/// <summary>Sums over a vector of rows.</summary>
internal static class RowVector
{
    /// <summary>Adds the lanes by halves, down to two; the library's sum states no order.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="vector">The numbers.</param>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Sum<T>(Vector512<T> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> half = vector.GetLower() + vector.GetUpper();
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        return Vector128<T>.Count == 2
            ? quarter[0] + quarter[1]
            : quarter[0] + quarter[2] + (quarter[1] + quarter[3]);
    }

    /// <summary>Adds the lanes of as many vectors as one has lanes, each as <see cref="Sum"/> does, to the same bits.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="vectors">The first vector; the others follow.</param>
    /// <returns>Lane k: the sum of vector k.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sums<T>(ref T vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && Avx512F.IsSupported)
            return Sums(ref Unsafe.As<T, float>(ref vectors)).As<float, T>();
        Vector512<T> sums = Vector512<T>.Zero;
        for (int k = 0; k < Vector512<T>.Count; k++)
            sums = sums.WithElement(k, Sum(Vector512.LoadUnsafe(ref Unsafe.Add(ref vectors, k * Vector512<T>.Count))));
        return sums;
    }

    /// <summary>Each round adds halves and puts two vectors into one. Lanes come out as 4 (k mod 4) + k / 4, so that vectors go in that way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Sums(ref float vectors)
    {
        Vector512<float> a = Quarters(ref vectors, 0), b = Quarters(ref vectors, 1), c = Quarters(ref vectors, 2), d = Quarters(ref vectors, 3);
        Vector512<double> ab = (Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b)).AsDouble();
        Vector512<double> cd = (Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d)).AsDouble();
        return Avx512F.UnpackLow(ab, cd).AsSingle() + Avx512F.UnpackHigh(ab, cd).AsSingle();
    }

    /// <summary>Vectors first, first + 4, first + 8, first + 12: the sum of the quarters of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(ref float vectors, int first)
    {
        Vector512<float> ab = Halves(ref vectors, first, first + 4), cd = Halves(ref vectors, first + 8, first + 12);
        return Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves(ref float vectors, int first, int second)
    {
        Vector512<float> a = Vector512.LoadUnsafe(ref Unsafe.Add(ref vectors, first * 16)), b = Vector512.LoadUnsafe(ref Unsafe.Add(ref vectors, second * 16));
        return Avx512F.Shuffle4x128(a, b, 0b01_00_01_00) + Avx512F.Shuffle4x128(a, b, 0b11_10_11_10);
    }
}
