using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>
/// exp, log, tanh and sigmoid of a vector. In single precision the bits of each lane are those of <see cref="KmlMath"/>, as the same operations run in the
/// same order;
/// in double precision those of <see cref="Math"/>, a lane at a time: only checks use it.
/// </summary>
internal static class VectorMath
{
    private const int Shift = 0x4b400000;

    /// <summary>a * b + c, rounded once on every machine.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">What is added.</param>
    /// <returns>The sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>e^x.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <returns>The values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Exp<T>(Vector512<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Exp(x.AsSingle()).As<float, T>() : Each(x.AsDouble(), Function.Exp).As<double, T>();

    /// <summary>1 / (1 + e^-x).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <returns>The values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sigmoid<T>(Vector512<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Sigmoid(x.AsSingle()).As<float, T>() : Each(x.AsDouble(), Function.Sigmoid).As<double, T>();

    /// <summary>The hyperbolic tangent.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <returns>The values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Tanh<T>(Vector512<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Tanh(x.AsSingle()).As<float, T>() : Each(x.AsDouble(), Function.Tanh).As<double, T>();

    /// <summary>The natural logarithm.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <returns>The values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Log<T>(Vector512<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Log(x.AsSingle()).As<float, T>() : Each(x.AsDouble(), Function.Log).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x) =>
        Canonical(x, ExpClamped(Vector512.MinNative(Vector512.MaxNative(x, Vector512.Create(-104f)), Vector512.Create(89f))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> x)
    {
        Vector512<float> e = ExpClamped(Vector512.MaxNative(-Vector512.Abs(x), Vector512.Create(-104f)));
        Vector512<float> q = e / (e + Vector512<float>.One);
        Vector512<float> s = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), e, Vector512<float>.One);
        return Canonical(x, s - (s * q));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> a = Vector512.Abs(x);
        Vector512<float> b = Vector512.MinNative(a * Vector512.Create(2f), Vector512.Create(20f));
        Vector512<float> turned = Vector512.LessThan(a, Vector512.Create(0.1257f)) & Vector512.Create(-0f);
        Vector512<float> low = Expm1Reduced(b ^ turned, out Vector512<int> n, out Vector512<float> high);
        Vector512<float> scale = Exp2(n);
        Vector512<float> m = (scale * high) + (scale - Vector512<float>.One) + (scale * low);
        return Canonical(x, Vector512.CopySign(m / (m + Vector512.Create(2f)), x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<float> denormal = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        Vector512<int> bits = Vector512.ConditionalSelect(denormal, x * Vector512.Create(8388608f), x).AsInt32();
        Vector512<int> e = (bits - Vector512.Create(0x3f3504f3)) >> 23;
        Vector512<float> f = (bits - (e << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> k = Vector512.ConvertToSingle(e - (denormal.AsInt32() & Vector512.Create(23)));

        Vector512<float> z = f * f;
        Vector512<float> p = (Vector512.Create(0.0697161183f) * f) - Vector512.Create(0.114797339f);
        p = (p * f) + Vector512.Create(0.116854198f);
        p = (p * f) - Vector512.Create(0.124256872f);
        p = (p * f) + Vector512.Create(0.142490581f);
        p = (p * f) - Vector512.Create(0.166678026f);
        p = (p * f) + Vector512.Create(0.200007156f);
        p = (p * f) - Vector512.Create(0.24999997f);
        p = (p * f) + Vector512.Create(0.333333313f);
        p = p * f * z;
        p -= k * Vector512.Create(0.000212194442f);
        p -= Vector512.Create(0.5f) * z;
        Vector512<float> values = p + f + (k * Vector512.Create(0.693359375f));

        values = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, values);
        values = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), values);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), values, Vector512.Create(0x7fc00000).AsSingle());
    }

    /// <summary>The values, but the one NaN of <see cref="KmlMath"/> where the argument is any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Canonical(Vector512<float> x, Vector512<float> values) =>
        Vector512.ConditionalSelect(Vector512.Equals(x, x), values, Vector512.Create(0x7fc00000).AsSingle());

    /// <summary>x = n ln 2 + r; e^r - 1 is the sum of high, which is exact, and of what is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Expm1Reduced(Vector512<float> x, out Vector512<int> n, out Vector512<float> high)
    {
        Vector512<float> shift = Vector512.Create(Shift).AsSingle();
        Vector512<float> shifted = (x * Vector512.Create(1.44269502f)) + shift;
        Vector512<float> k = shifted - shift;
        high = x - (k * Vector512.Create(0.693359375f));
        Vector512<float> l = k * Vector512.Create(0.000212194442f);
        Vector512<float> r = high + l;
        Vector512<float> r2 = r * r;
        Vector512<float> p = (Vector512.Create(0.00139302423f) * r2) + ((Vector512.Create(0.00836642832f) * r) + Vector512.Create(0.0416665114f));
        p = (p * r2) + ((Vector512.Create(0.16666542f) * r) + Vector512.Create(0.5f));
        n = shifted.AsInt32() - Vector512.Create(Shift);
        return (p * r2) + l;
    }

    /// <summary>e^x for x in [-104, 89]; two factors, so that 2^128 and denormals come out right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpClamped(Vector512<float> x)
    {
        Vector512<float> low = Expm1Reduced(x, out Vector512<int> n, out Vector512<float> high);
        Vector512<float> p = low + high + Vector512<float>.One;
        Vector512<int> half = n >> 1;
        return p * Exp2(half) * Exp2(n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp2(Vector512<int> n) => ((n + Vector512.Create(127)) << 23).AsSingle();

    private static Vector512<double> Each(Vector512<double> x, Function function)
    {
        Vector512<double> values = x;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            values = values.WithElement(lane, function switch
            {
                Function.Exp => Math.Exp(x[lane]),
                Function.Log => Math.Log(x[lane]),
                Function.Tanh => Math.Tanh(x[lane]),
                _ => 1 / (1 + Math.Exp(-x[lane])),
            });
        }

        return values;
    }

    private enum Function
    {
        Exp,
        Log,
        Sigmoid,
        Tanh,
    }
}
