using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Linear;

/// <summary>Inner products and scaled sums of doubles, eight lanes wide on every machine and added in a fixed tree.</summary>
internal static class Rows
{
    private const int Lanes = AlignedMatrix.Lanes;

    /// <summary>The inner product.</summary>
    /// <param name="a">Numbers.</param>
    /// <param name="b">As many.</param>
    /// <returns>The sum of products.</returns>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b[..a.Length]);
        Vector512<double> even = default, odd = default;
        int k = 0;
        for (; k <= a.Length - (2 * Lanes); k += 2 * Lanes)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)k), Vector512.LoadUnsafe(ref y, (nuint)k), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)(k + Lanes)), Vector512.LoadUnsafe(ref y, (nuint)(k + Lanes)), odd);
        }

        double rest = 0;
        for (; k < a.Length; k++)
            rest += a[k] * b[k];
        return RowVector.Sum(even + odd) + rest;
    }

    /// <summary>y += scale x.</summary>
    /// <param name="x">Numbers.</param>
    /// <param name="scale">What to multiply them by.</param>
    /// <param name="y">As many, to add to.</param>
    internal static void AddScaled(ReadOnlySpan<double> x, double scale, Span<double> y)
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(y[..x.Length]);
        Vector512<double> factor = Vector512.Create(scale);
        int k = 0;
        for (; k <= x.Length - Lanes; k += Lanes)
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref from, (nuint)k), factor, Vector512.LoadUnsafe(ref to, (nuint)k)).StoreUnsafe(ref to, (nuint)k);
        for (; k < x.Length; k++)
            y[k] = Math.FusedMultiplyAdd(x[k], scale, y[k]);
    }
}
