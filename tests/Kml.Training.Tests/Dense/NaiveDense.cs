using System;
using System.Collections.Generic;
using System.Numerics;
using Kml.Training.Layers;
using Kml.Training.Networks;

namespace Kml.Training.Tests.Dense;

/// <summary>
/// Dense layers under softmax cross-entropy (or, with one output, squared error), a row at a time, in the plainest loops: what the fast kernels are held
/// against by tests, and what they gain over by the benchmark. Parameters lie as in <see cref="Network{T}"/>.
/// </summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
internal sealed class NaiveDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<(int Inputs, DenseLayer Layer, int Offset)> _layers = [];
    private readonly List<T[]> _values = [];
    private readonly List<T[]> _slopes = [];

    internal NaiveDense(NetworkForm form)
    {
        int width = form.Input.Units, at = 0;
        _values.Add(new T[width]);
        _slopes.Add(new T[width]);
        foreach (Layer any in form.Layers)
        {
            DenseLayer layer = (DenseLayer)any;
            _layers.Add((width, layer, at));
            at += ((width + 1) * layer.Units + 15) / 16 * 16;
            width = layer.Units;
            _values.Add(new T[width]);
            _slopes.Add(new T[width]);
        }

        ParameterLength = at;
    }

    internal int ParameterLength { get; }

    /// <summary>The least distance of a sum from where its nonlinearity has a kink; there, other rounding may give another slope.</summary>
    internal T NearestKink { get; private set; } = T.PositiveInfinity;

    /// <summary>Adds a row's gradient, times a factor.</summary>
    /// <returns>The row's loss.</returns>
    internal T Row(T[] parameters, ReadOnlySpan<T> input, T target, T factor, T[] gradient)
    {
        input.CopyTo(_values[0]);
        for (int l = 0; l < _layers.Count; l++)
            Forward(parameters, l);
        T loss = Loss(target, factor);
        for (int l = _layers.Count - 1; l >= 0; l--)
            Backward(parameters, l, gradient);
        return loss;
    }

    private void Forward(T[] parameters, int l)
    {
        (int inputs, DenseLayer layer, int offset) = _layers[l];
        T[] x = _values[l], y = _values[l + 1];
        int outputs = layer.Units;
        for (int o = 0; o < outputs; o++)
        {
            T sum = parameters[offset + (inputs * outputs) + o];
            for (int i = 0; i < inputs; i++)
                sum += x[i] * parameters[offset + (i * outputs) + o];
            y[o] = sum;
        }

        T total = T.Zero;
        for (int o = 0; o < outputs; o++)
        {
            T v = y[o];
            if (layer.Nonlinearity is Nonlinearity.Relu or Nonlinearity.LeakyRelu)
                NearestKink = T.Min(NearestKink, T.Abs(v));
            else if (layer.Nonlinearity == Nonlinearity.HardSigmoid)
                NearestKink = T.Min(NearestKink, T.Abs(T.Abs(v) - T.CreateChecked(3)));
            y[o] = layer.Nonlinearity switch
            {
                Nonlinearity.Relu => v > T.Zero ? v : T.Zero,
                Nonlinearity.LeakyRelu => v > T.Zero ? v : v * T.CreateChecked(0.01),
                Nonlinearity.Sigmoid => T.One / (T.One + T.Exp(-v)),
                Nonlinearity.HardSigmoid => T.Clamp((v / T.CreateChecked(6)) + T.CreateChecked(0.5), T.Zero, T.One),
                Nonlinearity.Tanh => T.Tanh(v),
                Nonlinearity.Softmax => T.Exp(v),
                _ => v,
            };
            total += y[o];
        }

        if (layer.Nonlinearity == Nonlinearity.Softmax)
        {
            for (int o = 0; o < outputs; o++)
                y[o] /= total;
        }
    }

    private T Loss(T target, T factor)
    {
        T[] y = _values[^1], d = _slopes[^1];
        if (y.Length == 1)
        {
            T error = y[0] - target;
            d[0] = factor * (error + error);
            return error * error;
        }

        T greatest = y[0], sum = T.Zero;
        foreach (T score in y)
            greatest = T.Max(greatest, score);
        foreach (T score in y)
            sum += T.Exp(score - greatest);
        int own = int.CreateChecked(target);
        for (int c = 0; c < y.Length; c++)
            d[c] = factor * ((T.Exp(y[c] - greatest) / sum) - (c == own ? T.One : T.Zero));
        return T.Log(sum) + greatest - y[own];
    }

    private void Backward(T[] parameters, int l, T[] gradient)
    {
        (int inputs, DenseLayer layer, int offset) = _layers[l];
        T[] x = _values[l], y = _values[l + 1], d = _slopes[l + 1], below = _slopes[l];
        int outputs = layer.Units;
        T along = T.Zero;
        if (layer.Nonlinearity == Nonlinearity.Softmax)
        {
            for (int o = 0; o < outputs; o++)
                along += y[o] * d[o];
        }

        Array.Clear(below);
        for (int o = 0; o < outputs; o++)
        {
            T v = y[o];
            T slope = layer.Nonlinearity switch
            {
                Nonlinearity.Relu => v > T.Zero ? d[o] : T.Zero,
                Nonlinearity.LeakyRelu => v > T.Zero ? d[o] : d[o] * T.CreateChecked(0.01),
                Nonlinearity.Sigmoid => d[o] * v * (T.One - v),
                Nonlinearity.HardSigmoid => v > T.Zero && v < T.One ? d[o] / T.CreateChecked(6) : T.Zero,
                Nonlinearity.Tanh => d[o] * (T.One - (v * v)),
                Nonlinearity.Softmax => v * (d[o] - along),
                _ => d[o],
            };
            gradient[offset + (inputs * outputs) + o] += slope;
            for (int i = 0; i < inputs; i++)
            {
                gradient[offset + (i * outputs) + o] += slope * x[i];
                below[i] += slope * parameters[offset + (i * outputs) + o];
            }
        }
    }
}
