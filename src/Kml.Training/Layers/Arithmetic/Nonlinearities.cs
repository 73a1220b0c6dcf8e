using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>Nonlinearities over a batch, and the way back from their outputs alone.</summary>
internal static class Nonlinearities
{
    private const double LeakySlope = 0.01;

    /// <summary>y = f(y).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="nonlinearity">f.</param>
    /// <param name="y">[unit][row]; a multiple of a vector.</param>
    /// <param name="units">The number of units.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Forward<T>(Nonlinearity nonlinearity, Span<T> y, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector512<T>> values = MemoryMarshal.Cast<T, Vector512<T>>(y);
        switch (nonlinearity)
        {
            case Nonlinearity.Relu:
                foreach (ref Vector512<T> value in values)
                    value = Vector512.ConditionalSelect(Vector512.LessThan(value, Vector512<T>.Zero), Vector512<T>.Zero, value);
                break;
            case Nonlinearity.LeakyRelu:
                Vector512<T> leak = Vector512.Create(T.CreateChecked(LeakySlope));
                foreach (ref Vector512<T> value in values)
                    value = Vector512.ConditionalSelect(Vector512.GreaterThan(value, Vector512<T>.Zero), value, value * leak);
                break;
            case Nonlinearity.Sigmoid:
                foreach (ref Vector512<T> value in values)
                    value = VectorMath.Sigmoid(value);
                break;
            case Nonlinearity.HardSigmoid:
                Vector512<T> sixth = Vector512.Create(T.One / T.CreateChecked(6)), half = Vector512.Create(T.CreateChecked(0.5));
                foreach (ref Vector512<T> value in values)
                    value = Vector512.Min(Vector512.Max(VectorMath.MultiplyAdd(value, sixth, half), Vector512<T>.Zero), Vector512<T>.One);
                break;
            case Nonlinearity.Tanh:
                foreach (ref Vector512<T> value in values)
                    value = VectorMath.Tanh(value);
                break;
            case Nonlinearity.Softmax:
                SoftmaxForward(values, values.Length / units);
                break;
        }
    }

    /// <summary>dy = dy f', with y = f(x): from the gradient at the outputs to that at the sums.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="nonlinearity">f.</param>
    /// <param name="y">The outputs, [unit][row].</param>
    /// <param name="dy">The gradient, [unit][row].</param>
    /// <param name="units">The number of units.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Backward<T>(Nonlinearity nonlinearity, ReadOnlySpan<T> y, Span<T> dy, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector512<T>> values = MemoryMarshal.Cast<T, Vector512<T>>(y);
        Span<Vector512<T>> d = MemoryMarshal.Cast<T, Vector512<T>>(dy)[..values.Length];
        switch (nonlinearity)
        {
            case Nonlinearity.Relu:
                for (int i = 0; i < values.Length; i++)
                    d[i] &= Vector512.GreaterThan(values[i], Vector512<T>.Zero);
                break;
            case Nonlinearity.LeakyRelu:
                Vector512<T> leak = Vector512.Create(T.CreateChecked(LeakySlope));
                for (int i = 0; i < values.Length; i++)
                    d[i] = Vector512.ConditionalSelect(Vector512.GreaterThan(values[i], Vector512<T>.Zero), d[i], d[i] * leak);
                break;
            case Nonlinearity.Sigmoid:
                for (int i = 0; i < values.Length; i++)
                    d[i] *= values[i] * (Vector512<T>.One - values[i]);
                break;
            case Nonlinearity.HardSigmoid:
                Vector512<T> sixth = Vector512.Create(T.One / T.CreateChecked(6));
                for (int i = 0; i < values.Length; i++)
                    d[i] = d[i] * sixth & Vector512.GreaterThan(values[i], Vector512<T>.Zero) & Vector512.LessThan(values[i], Vector512<T>.One);
                break;
            case Nonlinearity.Tanh:
                for (int i = 0; i < values.Length; i++)
                    d[i] *= Vector512<T>.One - (values[i] * values[i]);
                break;
            case Nonlinearity.Softmax:
                SoftmaxBackward(values, d, values.Length / units);
                break;
        }
    }

    /// <summary>The greatest score is taken off first, so that no e^x overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SoftmaxForward<T>(Span<Vector512<T>> y, int vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int v = 0; v < vectors; v++)
        {
            Vector512<T> greatest = y[v], sum = Vector512<T>.Zero;
            for (int at = v + vectors; at < y.Length; at += vectors)
                greatest = Vector512.Max(greatest, y[at]);
            for (int at = v; at < y.Length; at += vectors)
            {
                y[at] = VectorMath.Exp(y[at] - greatest);
                sum += y[at];
            }

            Vector512<T> reciprocal = Vector512<T>.One / sum;
            for (int at = v; at < y.Length; at += vectors)
                y[at] *= reciprocal;
        }
    }

    /// <summary>Every output depends on every sum: d = y (dy - sum of y dy).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SoftmaxBackward<T>(ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> d, int vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int v = 0; v < vectors; v++)
        {
            Vector512<T> along = Vector512<T>.Zero;
            for (int at = v; at < y.Length; at += vectors)
                along = VectorMath.MultiplyAdd(y[at], d[at], along);
            for (int at = v; at < y.Length; at += vectors)
                d[at] = y[at] * (d[at] - along);
        }
    }
}
