using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Losses;

/// <summary>
/// The pinball loss: with e = label - y, quantile * e where the label is above the output and (quantile - 1) * e where it is below. Its minimum is the label's
/// quantile (Koenker and Bassett 1978): a deadline that 99 of 100 keep is quantile 0.99. Its slope at 0 is 0.
/// </summary>
/// <param name="Quantile">Above 0 and below 1.</param>
public sealed record QuantileLoss(double Quantile) : Loss
{
    /// <inheritdoc/>
    internal override void Check(int units)
    {
        ScalarLoss.Check(this, units);
        if (!(Quantile > 0 && Quantile < 1))
            throw new TrainingException(FormattableString.Invariant($"The quantile is {Quantile:R}: it must be above 0 and below 1."));
    }

    /// <inheritdoc/>
    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy) =>
        ScalarLoss.Run(new Rows<T>(T.CreateChecked(Quantile)), y, targets, weights, share, dy);

    private readonly struct Rows<T>(T quantile) : IScalarLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> At(Vector512<T> y, Vector512<T> target, out Vector512<T> slope)
        {
            Vector512<T> error = target - y;
            slope = (Vector512.Create(-quantile) & Vector512.GreaterThan(error, Vector512<T>.Zero))
                | (Vector512.Create(T.One - quantile) & Vector512.LessThan(error, Vector512<T>.Zero));
            return Vector512.Max(error * quantile, error * (quantile - T.One));
        }
    }
}
