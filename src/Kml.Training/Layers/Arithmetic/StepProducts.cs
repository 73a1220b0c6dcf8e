using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// Products of weights with one step of a batch. A step is [unit][vector of rows].
/// Tiles are eight units by two vectors; where one would overhang it begins earlier and computes some units twice, to the same bits.
/// </summary>
internal static class StepProducts
{
    private const int Tile = 8;

    /// <summary>y[j][v] = start[j][v] + sum over k of w[k * kStride + j * jStride] * x[k][v], k ascending.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="w">The weights.</param>
    /// <param name="kStride">From a weight to that of the next term.</param>
    /// <param name="jStride">From a weight to that of the next result.</param>
    /// <param name="x">What is multiplied.</param>
    /// <param name="terms">How many k there are.</param>
    /// <param name="start">What is added to; may be the result's own memory.</param>
    /// <param name="unitStride">From one j's start to the next's: 0 for one start for all.</param>
    /// <param name="vectorStride">From one v's start to the next's: 0 for one start for all.</param>
    /// <param name="y">Receives the result; shares nothing with x.</param>
    /// <param name="results">How many j there are.</param>
    /// <param name="vectors">Vectors of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Step<T>(
        ref T w,
        int kStride,
        int jStride,
        ref Vector512<T> x,
        int terms,
        ref Vector512<T> start,
        int unitStride,
        int vectorStride,
        ref Vector512<T> y,
        int results,
        int vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint lanes = Vector512<T>.Count, startUnit = unitStride * lanes, startStep = vectorStride * lanes, pitch = vectors * lanes;
        ref T values = ref Unsafe.As<Vector512<T>, T>(ref x);

        // A start in the result's own memory must be read before it is written: then no tile may overlap another.
        bool own = Unsafe.AreSame(ref start, ref y);
        int j = 0;
        while (j < results)
        {
            bool tile = results - j >= Tile || (results >= Tile && !own);
            if (tile && results - j < Tile)
                j = results - Tile;
            ref T weights = ref Unsafe.Add(ref w, j * jStride);
            ref T from = ref Unsafe.As<Vector512<T>, T>(ref Unsafe.Add(ref start, j * unitStride));
            ref T to = ref Unsafe.As<Vector512<T>, T>(ref Unsafe.Add(ref y, j * vectors));
            nint row = 0;
            for (; tile && row + (2 * lanes) <= pitch; row += 2 * lanes)
            {
                ProductTile<T, FromVectors<T>, TwoVectors<T>>.Eight(
                    ref weights, jStride, kStride,
                    ref Unsafe.Add(ref from, row * vectorStride), startUnit, startStep,
                    ref Unsafe.Add(ref values, row), ref Unsafe.Add(ref to, row), terms, pitch);
            }

            for (; row < pitch; row += lanes)
            {
                ref T first = ref Unsafe.Add(ref from, row * vectorStride), at = ref Unsafe.Add(ref values, row), result = ref Unsafe.Add(ref to, row);
                if (tile)
                {
                    ProductTile<T, FromVectors<T>, OneVector<T>>.Eight(
                        ref weights, jStride, kStride, ref first, startUnit, startStep, ref at, ref result, terms, pitch);
                }
                else
                {
                    ProductTile<T, FromVectors<T>, OneVector<T>>.One(ref weights, kStride, ref first, startStep, ref at, ref result, terms, pitch);
                }
            }

            j += tile ? Tile : 1;
        }
    }
}
