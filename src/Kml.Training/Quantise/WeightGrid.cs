using System;

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
    private readonly double[] _reach = new double[outputs];
    private double _inputScale;

    /// <summary>Chooses the scales.</summary>
    /// <param name="weights">[inputs][outputs].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="inputScale">Integer units of an input of 1.</param>
    internal void Fit(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, double inputScale)
    {
        _inputScale = inputScale;
        Array.Clear(_reach);
        Array.Clear(_scales);
        for (int i = 0; i < inputs; i++)
        {
            ReadOnlySpan<float> row = weights.Slice(i * outputs, outputs);
            for (int o = 0; o < row.Length; o++)
            {
                double magnitude = Math.Abs(row[o]);
                _reach[o] += magnitude;
                _scales[o] = Math.Max(_scales[o], magnitude);
            }
        }

        for (int o = 0; o < outputs; o++)
            _scales[o] = Scale(_reach[o], _scales[o], bias[o]);
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
        {
            ReadOnlySpan<float> row = weights.Slice(i * outputs, outputs);
            Span<float> to = weightsView.Slice(i * outputs, outputs);
            for (int o = 0; o < row.Length; o++)
                to[o] = (float)(Weight(row[o], o) / _scales[o]);
        }

        for (int o = 0; o < outputs; o++)
            biasView[o] = (float)(Bias(bias[o], o) / (_scales[o] * _inputScale));
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
