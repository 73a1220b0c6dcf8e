using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// The sixteen inner products of four rows with four others: the one kernel below a recurrent layer's gradients, the Gram matrix and its factorisation.
/// Sixteen sums stay in registers, and every number that is loaded serves four of them.
/// </summary>
internal static class DotTile
{
    /// <summary>Rows on either side.</summary>
    internal const int Side = 4;

    /// <summary>Sums products lane by lane, over rows in pieces.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">Four rows.</param>
    /// <param name="strideA">Numbers from one of them to the next.</param>
    /// <param name="pitchA">Numbers from one piece to the next.</param>
    /// <param name="b">Four rows.</param>
    /// <param name="strideB">Numbers from one of them to the next.</param>
    /// <param name="pitchB">Numbers from one piece to the next.</param>
    /// <param name="pieces">Pieces of a row.</param>
    /// <param name="vectors">Vectors of a piece.</param>
    /// <param name="sums">Receives 16 vectors, [row of a][row of b], whose lanes are still to be added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<T>(ref T a, nint strideA, nint pitchA, ref T b, nint strideB, nint pitchB, int pieces, int vectors, ref Vector512<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FourVectors<T> s0 = FourVectors<T>.Fill(Vector512<T>.Zero), s1 = s0, s2 = s0, s3 = s0;
        nint lanes = Vector512<T>.Count;
        for (int piece = 0; piece < pieces; piece++)
        {
            ref T left = ref a, right = ref b;
            for (int v = vectors; v > 0; v--)
            {
                FourVectors<T> values = FourVectors<T>.Load(ref left, strideA);
                s0.Add(Vector512.LoadUnsafe(ref right), values);
                s1.Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref right, strideB)), values);
                s2.Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref right, 2 * strideB)), values);
                s3.Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref right, 3 * strideB)), values);
                left = ref Unsafe.Add(ref left, lanes);
                right = ref Unsafe.Add(ref right, lanes);
            }

            a = ref Unsafe.Add(ref a, pitchA);
            b = ref Unsafe.Add(ref b, pitchB);
        }

        // A strip has the products of all of a with one row of b; they lie a row of the tile apart.
        ref T to = ref Unsafe.As<Vector512<T>, T>(ref sums);
        FourVectors<T>.Store(s0, ref to, Side * lanes);
        FourVectors<T>.Store(s1, ref Unsafe.Add(ref to, lanes), Side * lanes);
        FourVectors<T>.Store(s2, ref Unsafe.Add(ref to, 2 * lanes), Side * lanes);
        FourVectors<T>.Store(s3, ref Unsafe.Add(ref to, 3 * lanes), Side * lanes);
    }

    /// <summary>Computes the products of rows in one piece. Their bits depend on nothing but the numbers.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">Four rows.</param>
    /// <param name="strideA">Numbers from one of them to the next.</param>
    /// <param name="b">Four rows.</param>
    /// <param name="strideB">Numbers from one of them to the next.</param>
    /// <param name="vectors">Vectors of a row.</param>
    /// <param name="sums">Room for 16 vectors.</param>
    /// <param name="products">Receives 16 products, [row of a][row of b].</param>
    internal static void Run<T>(ref T a, nint strideA, ref T b, nint strideB, int vectors, Span<Vector512<T>> sums, Span<T> products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Run(ref a, strideA, 0, ref b, strideB, 0, 1, vectors, ref sums[0]);
        Products(sums, products);
    }

    /// <summary>Adds the lanes of sums, each in one tree.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="sums">The sums.</param>
    /// <param name="products">Receives as many products.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Products<T>(Span<Vector512<T>> sums, Span<T> products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            for (int at = 0; at < sums.Length; at += Vector512<T>.Count)
                RowVector.Sums(ref Unsafe.As<Vector512<T>, T>(ref sums[at])).StoreUnsafe(ref products[at]);
            return;
        }

        // A vector of them would be put together through memory, a lane at a time.
        for (int n = 0; n < sums.Length; n++)
            products[n] = RowVector.Sum(sums[n]);
    }
}
