using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Losses;

/// <summary>
/// Cross-entropy of one score x, whose sigmoid is the probability of class 1: -label log s(x) * PositiveWeight - (1 - label) log s(-x).
/// Computed from |x|, so that no score overflows or loses its loss. The network ends with <see cref="Nonlinearity.Identity"/>.
/// </summary>
/// <param name="PositiveWeight">What a row of class 1 counts for against one of class 0; above 0.</param>
public sealed record BinaryCrossEntropyLoss(double PositiveWeight = 1) : Loss
{
    /// <inheritdoc/>
    internal override void Check(int units)
    {
        ScalarLoss.Check(this, units);
        if (!(PositiveWeight > 0 && double.IsFinite(PositiveWeight)))
            throw new TrainingException(FormattableString.Invariant($"The weight of class 1 is {PositiveWeight:R}: it must be finite and above 0."));
    }

    /// <inheritdoc/>
    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy) =>
        ScalarLoss.Run(new Rows<T>(T.CreateChecked(PositiveWeight)), y, targets, weights, share, dy);

    private readonly struct Rows<T>(T positiveWeight) : IScalarLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> At(Vector512<T> y, Vector512<T> target, out Vector512<T> slope)
        {
            Vector512<T> positive = target * positiveWeight, negative = Vector512<T>.One - target;
            Vector512<T> tail = VectorMath.Log(Vector512<T>.One + VectorMath.Exp(-Vector512.Abs(y)));
            slope = (VectorMath.Sigmoid(y) * negative) - (VectorMath.Sigmoid(-y) * positive);
            return (positive * (tail + Vector512.Max(-y, Vector512<T>.Zero))) + (negative * (tail + Vector512.Max(y, Vector512<T>.Zero)));
        }
    }
}
