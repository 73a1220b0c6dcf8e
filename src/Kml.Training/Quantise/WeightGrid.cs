using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Quantise;

/// <summary>
/// The integers that the weights and biases of one dense layer become, a scale an output: the only place that chooses such scales and rounds to them,
/// for the weights file and for each step of quantisation-aware training alike.
/// </summary>
/// <remarks>
/// Per output the weights take the greatest scale at which neither a weight leaves its bits nor any sum leaves 32, whatever the features are.
/// </remarks>
/// <param name="inputs">The layer's inputs.</param>
/// <param name="outputs">Its outputs.</param>
/// <param name="greatest">The greatest magnitude of a weight's integer: 32767, or 127.</param>
internal sealed class WeightGrid(int inputs, int outputs, int greatest)
{
    private readonly double[] _scales = new double[outputs];
    private readonly double[] _units = new double[outputs];
    private readonly double[] _sums = new double[outputs];
    private double _inputScale;

    /// <summary>Chooses the scales.</summary>
    /// <param name="weights">[inputs][outputs].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="inputScale">Integer units of an input of 1.</param>
    internal void Fit(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, double inputScale)
    {
        _inputScale = inputScale;
        Array.Clear(_sums);
        Array.Clear(_scales);
        for (int i = 0; i < inputs; i++)
            Magnitudes(weights.Slice(i * outputs, outputs));
        for (int o = 0; o < outputs; o++)
        {
            _scales[o] = Scale(_sums[o], _scales[o], bias[o]);
            _units[o] = 1 / _scales[o];
        }
    }

    /// <summary>Integer units of a weight of 1 into an output.</summary>
    /// <param name="output">The output.</param>
    /// <returns>The scale.</returns>
    internal double Scale(int output) => _scales[output];

    /// <summary>A weight in integer units.</summary>
    /// <param name="value">The weight.</param>
    /// <param name="output">Its output.</param>
    /// <returns>The integer.</returns>
    internal double Weight(float value, int output) => Math.Round(value * _scales[output]);

    /// <summary>A bias in units of the accumulator.</summary>
    /// <param name="value">The bias.</param>
    /// <param name="output">Its output.</param>
    /// <returns>The integer.</returns>
    internal double Bias(float value, int output) => Math.Round(value * _scales[output] * _inputScale);

    /// <summary>Writes the numbers that the integers stand for.</summary>
    /// <param name="weights">[inputs][outputs]; as <see cref="Fit"/> had them.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="weightsView">Receives the weights.</param>
    /// <param name="biasView">Receives the biases.</param>
    internal void View(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> weightsView, Span<float> biasView)
    {
        for (int i = 0; i < inputs; i++)
            View(weights.Slice(i * outputs, outputs), weightsView.Slice(i * outputs, outputs));
        for (int o = 0; o < outputs; o++)
            biasView[o] = (float)(Bias(bias[o], o) * _units[o] / _inputScale);
    }

    /// <summary>Sums and maxima of magnitudes, sixteen outputs at a time, inputs in their order.</summary>
    private void Magnitudes(ReadOnlySpan<float> row)
    {
        ReadOnlySpan<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(row);
        Span<Vector512<double>> sums = MemoryMarshal.Cast<double, Vector512<double>>(_sums.AsSpan()),
            most = MemoryMarshal.Cast<double, Vector512<double>>(_scales.AsSpan());
        for (int v = 0; v < vectors.Length; v++)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Abs(vectors[v]));
            sums[2 * v] += lower;
            sums[(2 * v) + 1] += upper;
            most[2 * v] = Vector512.Max(most[2 * v], lower);
            most[(2 * v) + 1] = Vector512.Max(most[(2 * v) + 1], upper);
        }

        for (int o = vectors.Length * Vector512<float>.Count; o < row.Length; o++)
        {
            double magnitude = Math.Abs(row[o]);
            _sums[o] += magnitude;
            _scales[o] = Math.Max(_scales[o], magnitude);
        }
    }

    private void View(ReadOnlySpan<float> row, Span<float> view)
    {
        ReadOnlySpan<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(row);
        Span<Vector512<float>> to = MemoryMarshal.Cast<float, Vector512<float>>(view);
        ReadOnlySpan<Vector512<double>> scales = MemoryMarshal.Cast<double, Vector512<double>>(_scales),
            units = MemoryMarshal.Cast<double, Vector512<double>>(_units);
        for (int v = 0; v < vectors.Length; v++)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(vectors[v]);
            to[v] = Vector512.Narrow(
                Vector512.Round(lower * scales[2 * v]) * units[2 * v],
                Vector512.Round(upper * scales[(2 * v) + 1]) * units[(2 * v) + 1]);
        }

        for (int o = vectors.Length * Vector512<float>.Count; o < row.Length; o++)
            view[o] = (float)(Weight(row[o], o) * _units[o]);
    }

    /// <summary>
    /// The greatest scale that is safe. An input is at most 32768 in magnitude and rounding adds at most a half to each weight and the bias,
    /// so the sum stays below scale * (32768 * sum of |w| + |b| * inputScale) + 16384 * inputs + 1.
    /// </summary>
    private double Scale(double sum, double magnitude, float bias)
    {
        double reach = (32768.0 * sum) + (Math.Abs(bias) * _inputScale);
        if (reach == 0.0)
            return 1.0;
        double scale = (int.MaxValue - (16384.0 * inputs) - 2.0) / reach;
        return magnitude == 0.0 ? scale : Math.Min(scale, greatest / magnitude);
    }
}
