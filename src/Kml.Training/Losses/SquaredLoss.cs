using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Losses;

/// <summary>(y - label)^2, for regressions whose label has no long tail.</summary>
public sealed record SquaredLoss : Loss
{
    /// <inheritdoc/>
    internal override void Check(int units) => ScalarLoss.Check(this, units);

    /// <inheritdoc/>
    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy) =>
        ScalarLoss.Run(default(Rows<T>), y, targets, weights, share, dy);

    private readonly struct Rows<T> : IScalarLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> At(Vector512<T> y, Vector512<T> target, out Vector512<T> slope)
        {
            Vector512<T> error = y - target;
            slope = error + error;
            return error * error;
        }
    }
}
