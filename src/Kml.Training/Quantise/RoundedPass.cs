using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Quantise;

/// <summary>
/// Rounds to 16 bits, a half upwards as the twin's affine maps do, and saturates. Gradients pass the rounding straight (Bengio, Léonard, Courville 2013);
/// what saturates, and what relu holds at 0, passes none.
/// </summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
/// <param name="shape">What the layer takes and gives for a row.</param>
/// <param name="rows">Rows of a batch.</param>
/// <param name="range">The range of the outputs; null for Q3.12.</param>
/// <param name="relu">Whether negative numbers become 0.</param>
internal sealed class RoundedPass<T>(LayerShape shape, int rows, ActivationRange? range, bool relu) : LayerPass<T>(shape, shape, rows)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Least = T.CreateChecked(short.MinValue), Greatest = T.CreateChecked(short.MaxValue);

    /// <summary>What may pass backwards: inputs between these, of which the first is itself excluded by relu.</summary>
    private T _from;
    private T _to;

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
    }

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        ReadOnlySpan<Vector512<T>> from = MemoryMarshal.Cast<T, Vector512<T>>(x);
        Span<Vector512<T>> to = MemoryMarshal.Cast<T, Vector512<T>>(y)[..from.Length];
        Vector512<T> floor = relu ? Vector512<T>.Zero : Vector512.Create(T.NegativeInfinity), greatest = Vector512<T>.Zero;
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = Vector512.Max(from[i], floor);
            greatest = Vector512.Max(greatest, Vector512.Abs(to[i]));
        }

        if (training && range is not null)
            See(range, greatest);
        double units = range?.Scale ?? Quantiser.InputScale;
        bool rounds = units > 0;
        T scale = T.CreateChecked(units), reciprocal = T.One / scale;
        _from = relu ? T.Zero : rounds ? Least * reciprocal : T.NegativeInfinity;
        _to = rounds ? Greatest * reciprocal : T.PositiveInfinity;
        if (rounds)
            Round(to, scale, reciprocal);
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        if (dx.IsEmpty)
            return;
        ReadOnlySpan<Vector512<T>> inputs = MemoryMarshal.Cast<T, Vector512<T>>(x);
        ReadOnlySpan<Vector512<T>> slopes = MemoryMarshal.Cast<T, Vector512<T>>((ReadOnlySpan<T>)dy)[..inputs.Length];
        Span<Vector512<T>> to = MemoryMarshal.Cast<T, Vector512<T>>(dx)[..inputs.Length];
        Vector512<T> least = Vector512.Create(_from), greatest = Vector512.Create(_to);
        for (int i = 0; i < inputs.Length; i++)
        {
            Vector512<T> above = relu ? Vector512.GreaterThan(inputs[i], least) : Vector512.GreaterThanOrEqual(inputs[i], least);
            to[i] = slopes[i] & above & Vector512.LessThanOrEqual(inputs[i], greatest);
        }
    }

    private static void Round(Span<Vector512<T>> values, T scale, T reciprocal)
    {
        Vector512<T> half = Vector512.Create(T.CreateChecked(0.5)), least = Vector512.Create(Least), greatest = Vector512.Create(Greatest);
        foreach (ref Vector512<T> value in values)
            value = Vector512.Min(Vector512.Max(Floor((value * scale) + half), least), greatest) * reciprocal;
    }

    private static Vector512<T> Floor(Vector512<T> value) => typeof(T) == typeof(float)
        ? Vector512.Floor(value.AsSingle()).As<float, T>()
        : Vector512.Floor(value.AsDouble()).As<double, T>();

    private static void See(ActivationRange range, Vector512<T> greatest)
    {
        T most = T.Zero;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
            most = T.Max(most, greatest[lane]);
        range.See(float.CreateSaturating(most));
    }
}
