using System;
using Kml.Model;

namespace Kml.Training;

/// <summary>Activations over a batch, and their derivatives from the outputs alone.</summary>
internal static class Activations
{
    /// <summary>y = f(y).</summary>
    internal static void Forward(LayerActivation activation, Span<float> y)
    {
        switch (activation)
        {
            case LayerActivation.Relu:
                for (int i = 0; i < y.Length; i++)
                    y[i] = y[i] < 0f ? 0f : y[i];
                break;
            case LayerActivation.Sigmoid:
                for (int i = 0; i < y.Length; i++)
                    y[i] = KmlMath.Sigmoid(y[i]);
                break;
            case LayerActivation.Tanh:
                for (int i = 0; i < y.Length; i++)
                    y[i] = KmlMath.Tanh(y[i]);
                break;
        }
    }

    /// <summary>d = d * f'(x), with y = f(x). The derivative of relu at 0 is 0.</summary>
    internal static void Backward(LayerActivation activation, ReadOnlySpan<float> y, Span<float> d)
    {
        d = d[..y.Length];
        switch (activation)
        {
            case LayerActivation.Relu:
                for (int i = 0; i < y.Length; i++)
                    d[i] = y[i] > 0f ? d[i] : 0f;
                break;
            case LayerActivation.Sigmoid:
                for (int i = 0; i < y.Length; i++)
                    d[i] *= y[i] * (1f - y[i]);
                break;
            case LayerActivation.Tanh:
                for (int i = 0; i < y.Length; i++)
                    d[i] *= 1f - (y[i] * y[i]);
                break;
        }
    }
}
