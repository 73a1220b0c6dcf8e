using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Optimisation;

/// <summary>The two moments of Adam.</summary>
/// <typeparam name="T">The type of the parameters.</typeparam>
internal sealed class AdamState<T> : OptimiserState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Adam _settings;
    private readonly bool _decoupled;
    private readonly PowerTable _power1;
    private readonly PowerTable _power2;
    private readonly T[] _first;
    private readonly T[] _second;

    /// <summary>Takes the memory.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="decoupled">Whether weights decay apart from the gradient.</param>
    /// <param name="length">The number of parameters.</param>
    internal AdamState(Adam settings, bool decoupled, int length)
    {
        OptimiserSettings.Factor("first beta", settings.Beta1);
        OptimiserSettings.Factor("second beta", settings.Beta2);
        OptimiserSettings.Positive("epsilon", settings.Epsilon);
        OptimiserSettings.NotNegative("weight decay", settings.WeightDecay);
        _settings = settings;
        _power1 = new PowerTable(settings.Beta1);
        _power2 = new PowerTable(settings.Beta2);
        _decoupled = decoupled;
        _first = new T[length];
        _second = new T[length];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Name, T[] Values)> Memory => [("first_moment", _first), ("second_moment", _second)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Step(Span<T> parameters, ReadOnlySpan<T> gradient, double rate)
    {
        Steps++;
        double correction1 = 1 - _power1.Of(Steps), correction2 = 1 - _power2.Of(Steps);
        Vector512<T> step = Of(rate / correction1), root = Of(1 / Math.Sqrt(correction2)), epsilon = Of(_settings.Epsilon);
        Vector512<T> beta1 = Of(_settings.Beta1), beta2 = Of(_settings.Beta2), new1 = Of(1 - _settings.Beta1), new2 = Of(1 - _settings.Beta2);
        Vector512<T> coupled = Of(_decoupled ? 0 : _settings.WeightDecay), keep = Of(_decoupled ? 1 - (rate * _settings.WeightDecay) : 1);
        Span<Vector512<T>> p = MemoryMarshal.Cast<T, Vector512<T>>(parameters);
        Span<Vector512<T>> first = MemoryMarshal.Cast<T, Vector512<T>>(_first.AsSpan())[..p.Length],
            second = MemoryMarshal.Cast<T, Vector512<T>>(_second.AsSpan())[..p.Length];
        ReadOnlySpan<Vector512<T>> g = MemoryMarshal.Cast<T, Vector512<T>>(gradient)[..p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            Vector512<T> along = VectorMath.MultiplyAdd(p[i], coupled, g[i]);
            Vector512<T> m = VectorMath.MultiplyAdd(first[i], beta1, along * new1), v = VectorMath.MultiplyAdd(second[i], beta2, along * along * new2);
            first[i] = m;
            second[i] = v;
            p[i] = (p[i] * keep) - (m * step / VectorMath.MultiplyAdd(Vector512.Sqrt(v), root, epsilon));
        }
    }

    private static Vector512<T> Of(double value) => Vector512.Create(T.CreateChecked(value));
}
