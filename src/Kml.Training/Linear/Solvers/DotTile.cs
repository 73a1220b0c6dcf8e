using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Linear;

/// <summary>
/// The sixteen inner products of four rows with four rows: the one kernel below the Gram matrix and its factorisation.
/// Sixteen sums stay in registers, and every number that is loaded serves four of them.
/// </summary>
internal static unsafe class DotTile
{
    /// <summary>Rows on either side.</summary>
    internal const int Side = 4;

    /// <summary>Elements at once.</summary>
    internal const int Lanes = 8;

    /// <summary>Computes a tile. Its bits depend on nothing but the numbers: lanes are always eight, and are added in a fixed tree.</summary>
    /// <param name="a">Four rows.</param>
    /// <param name="strideA">Elements from one of them to the next.</param>
    /// <param name="b">Four rows.</param>
    /// <param name="strideB">Elements from one of them to the next.</param>
    /// <param name="length">Elements of a row, a multiple of <see cref="Lanes"/>.</param>
    /// <param name="tile">Receives 16 products, [row of a][row of b].</param>
    internal static void Run(double* a, int strideA, double* b, int strideB, int length, double* tile)
    {
        double* a1 = a + strideA, a2 = a1 + strideA, a3 = a2 + strideA;
        double* b1 = b + strideB, b2 = b1 + strideB, b3 = b2 + strideB;
        Vector512<double> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<double> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<double> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<double> c30 = default, c31 = default, c32 = default, c33 = default;
        for (int k = 0; k < length; k += Lanes)
        {
            Vector512<double> y0 = Vector512.Load(b + k), y1 = Vector512.Load(b1 + k), y2 = Vector512.Load(b2 + k), y3 = Vector512.Load(b3 + k);
            Vector512<double> x = Vector512.Load(a + k);
            c00 = Vector512.FusedMultiplyAdd(x, y0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, y1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, y2, c02);
            c03 = Vector512.FusedMultiplyAdd(x, y3, c03);
            x = Vector512.Load(a1 + k);
            c10 = Vector512.FusedMultiplyAdd(x, y0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, y1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, y2, c12);
            c13 = Vector512.FusedMultiplyAdd(x, y3, c13);
            x = Vector512.Load(a2 + k);
            c20 = Vector512.FusedMultiplyAdd(x, y0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, y1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, y2, c22);
            c23 = Vector512.FusedMultiplyAdd(x, y3, c23);
            x = Vector512.Load(a3 + k);
            c30 = Vector512.FusedMultiplyAdd(x, y0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, y1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, y2, c32);
            c33 = Vector512.FusedMultiplyAdd(x, y3, c33);
        }

        Store(tile, c00, c01, c02, c03);
        Store(tile + 4, c10, c11, c12, c13);
        Store(tile + 8, c20, c21, c22, c23);
        Store(tile + 12, c30, c31, c32, c33);
    }

    /// <summary>The lanes of a vector, added in a fixed tree.</summary>
    /// <param name="v">The vector.</param>
    /// <returns>The sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Sum(Vector512<double> v)
    {
        Vector256<double> four = v.GetLower() + v.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* tile, Vector512<double> c0, Vector512<double> c1, Vector512<double> c2, Vector512<double> c3)
    {
        tile[0] = Sum(c0);
        tile[1] = Sum(c1);
        tile[2] = Sum(c2);
        tile[3] = Sum(c3);
    }
}
