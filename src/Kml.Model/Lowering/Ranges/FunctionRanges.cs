using System.Collections.Generic;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>
/// The values that the functions which bodies may call can have, of those that their arguments can have: a row a function of which more is known than its
/// type.
/// </summary>
internal static class FunctionRanges
{
    private delegate IntegerRange Range(IReadOnlyList<IntegerRange> arguments, IntegerRange all);

    private static readonly Dictionary<Function, Range> Rows = new()
    {
        [Function.Abs] = (_, all) => new(0, all.Max),
        [Function.Min] = (x, _) => new(BigInteger.Min(x[0].Min, x[1].Min), BigInteger.Min(x[0].Max, x[1].Max)),
        [Function.Max] = (x, _) => new(BigInteger.Max(x[0].Min, x[1].Min), BigInteger.Max(x[0].Max, x[1].Max)),
        [Function.Sign] = (_, _) => new(-1, 1),
        [Function.Clamp] = (x, _) => Clamped(x[1], x[2]),
        [Function.FloorLog2] = (x, _) => new(0, Width(x[0].Max) - 1),
        [Function.PopCount] = (_, _) => new(0, 64),
        [Function.LeadingZeroCount] = (_, _) => new(0, 64),
        [Function.TrailingZeroCount] = (_, _) => new(0, 64),
        [Function.SaturatingSubtract] = (x, _) => new(0, x[0].Max),
        [Function.Log2Bucket] = (x, _) => x[1].Min > 0 ? new(0, BigInteger.Min(x[1].Max - 1, 64)) : new(0, 64),
        [Function.EwmaNext] = (x, _) => x[0].Union(x[1]),
        [Function.ReciprocalDivide] = (x, _) => new(0, x[0].Max),
    };

    /// <summary>The values of a call.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">The values of its arguments.</param>
    /// <param name="all">All values of its type.</param>
    /// <returns>The range; where the call faults, its value is 0 until the fault is tested.</returns>
    public static IntegerRange Of(Function function, IReadOnlyList<IntegerRange> arguments, IntegerRange all) =>
        Rows.TryGetValue(function, out Range? range) ? range(arguments, all) : all;

    // A clamp with crossed bounds faults, and until the fault is tested its value is 0.
    private static IntegerRange Clamped(IntegerRange least, IntegerRange most)
    {
        IntegerRange within = new(least.Min, most.Max);
        return least.Max <= most.Min ? within : within.Union(IntegerRange.Exactly(0));
    }

    private static int Width(BigInteger value)
    {
        int width = 1;
        for (; value > 1; value >>= 1)
            width++;
        return width;
    }
}
