using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
}
