using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Losses;

/// <summary>
/// With e = y - label: e^2 / 2 up to delta, beyond it delta (|e| - delta / 2), so that a long tail neither pulls nor makes gradients jump (Huber 1964).
/// </summary>
/// <param name="Delta">Above 0, in the unit of the network's output.</param>
public sealed record HuberLoss(double Delta = 1) : Loss
{
    /// <inheritdoc/>
    internal override void Check(int units)
    {
        ScalarLoss.Check(this, units);
        if (!(Delta > 0 && double.IsFinite(Delta)))
            throw new TrainingException(FormattableString.Invariant($"Huber's delta is {Delta:R}: it must be finite and above 0."));
    }

    /// <inheritdoc/>
    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy) =>
        ScalarLoss.Run(new Rows<T>(T.CreateChecked(Delta)), y, targets, weights, share, dy);

    private readonly struct Rows<T>(T delta) : IScalarLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> At(Vector512<T> y, Vector512<T> target, out Vector512<T> slope)
        {
            Vector512<T> error = y - target, bound = Vector512.Create(delta), half = Vector512.Create(T.CreateChecked(0.5));
            slope = Vector512.Min(Vector512.Max(error, -bound), bound);
            Vector512<T> size = Vector512.Abs(error);
            return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(size, bound), error * error * half, bound * (size - (bound * half)));
        }
    }
}
