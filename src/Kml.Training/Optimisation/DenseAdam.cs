using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training;

/// <summary>Adam (Kingma and Ba 2015): steps scaled by running moments of the gradient, corrected for their start at 0.</summary>
/// <param name="length">The number of parameters, a multiple of 16.</param>
internal sealed class DenseAdam(int length)
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly float[] _first = new float[length];
    private readonly float[] _second = new float[length];
    private double _beta1Power = 1, _beta2Power = 1;

    /// <summary>Takes a step down the gradient.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="rate">The learning rate.</param>
    internal void Step(Span<float> parameters, ReadOnlySpan<float> gradient, float rate)
    {
        _beta1Power *= Beta1;
        _beta2Power *= Beta2;
        float correctedRate = (float)(rate / (1 - _beta1Power));
        float correction = (float)(1 / (1 - _beta2Power));

        Span<Vector512<float>> p = MemoryMarshal.Cast<float, Vector512<float>>(parameters);
        ReadOnlySpan<Vector512<float>> g = MemoryMarshal.Cast<float, Vector512<float>>(gradient);
        Span<Vector512<float>> m = MemoryMarshal.Cast<float, Vector512<float>>(_first.AsSpan());
        Span<Vector512<float>> v = MemoryMarshal.Cast<float, Vector512<float>>(_second.AsSpan());
        for (int i = 0; i < m.Length; i++)
        {
            m[i] = (m[i] * Beta1) + (g[i] * (1f - Beta1));
            v[i] = (v[i] * Beta2) + (g[i] * g[i] * (1f - Beta2));
            p[i] -= m[i] * correctedRate / (Vector512.Sqrt(v[i] * correction) + Vector512.Create(Epsilon));
        }
    }
}
