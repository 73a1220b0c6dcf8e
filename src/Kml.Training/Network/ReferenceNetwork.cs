using System;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Training;

/// <summary>Loss and gradient of one row at a time, in double precision and in the plainest way: what the fast pass is measured against.</summary>
/// <param name="shape">The network.</param>
/// <param name="loss">Its loss.</param>
internal sealed class ReferenceNetwork(NetworkShape shape, DenseLoss loss)
{
    private readonly ParameterLayout _layout = ParameterLayout.Of(shape);

    /// <summary>The weighted mean loss of rows.</summary>
    /// <param name="p">The parameters.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="gradient">Receives its gradient.</param>
    /// <returns>The loss.</returns>
    internal double Run(double[] p, TrainingRows rows, double[] gradient)
    {
        Array.Clear(gradient);
        double total = rows.Weights.Sum(w => (double)w), sum = 0;
        for (int row = 0; row < rows.Targets.Length; row++)
        {
            double[] x = [.. rows.Inputs.Skip(row * shape.Features).Take(shape.Features).Select(v => (double)v)];
            double[][] values = Forward(p, x);
            (double value, double[] d) = LossOf(values[^1], rows.Targets[row]);
            sum += value * rows.Weights[row];
            Backward(p, values, [.. d.Select(v => v * rows.Weights[row] / total)], gradient);
        }

        return sum / total;
    }

    private double[][] Forward(double[] p, double[] x)
    {
        double[][] values = new double[_layout.Layers.Count + 1][];
        values[0] = x;
        for (int l = 0; l < _layout.Layers.Count; l++)
        {
            LayerSlice layer = _layout.Layers[l];
            values[l + 1] = new double[layer.Outputs];
            for (int o = 0; o < layer.Outputs; o++)
            {
                double sum = p[layer.Bias + o];
                for (int i = 0; i < layer.Inputs; i++)
                    sum += p[layer.Weights + (i * layer.Outputs) + o] * values[l][i];
                values[l + 1][o] = layer.Activation switch
                {
                    LayerActivation.Relu => Math.Max(sum, 0),
                    LayerActivation.Sigmoid => 1 / (1 + Math.Exp(-sum)),
                    LayerActivation.Tanh => Math.Tanh(sum),
                    _ => sum,
                };
            }
        }

        return values;
    }

    private (double Loss, double[] Gradient) LossOf(double[] y, float target)
    {
        if (loss.Classes > 0)
        {
            double sum = y.Sum(Math.Exp);
            return (Math.Log(sum) - y[(int)target], [.. y.Select((v, c) => (Math.Exp(v) / sum) - (c == (int)target ? 1 : 0))]);
        }

        double error = y[0] - target;
        if (loss.Regression == RegressionLoss.Squared || Math.Abs(error) <= loss.Delta)
            return (error * error / 2, [error]);
        return (loss.Delta * (Math.Abs(error) - (loss.Delta / 2)), [loss.Delta * Math.Sign(error)]);
    }

    private void Backward(double[] p, double[][] values, double[] d, double[] gradient)
    {
        for (int l = _layout.Layers.Count - 1; l >= 0; l--)
        {
            LayerSlice layer = _layout.Layers[l];
            double[] below = new double[layer.Inputs];
            for (int o = 0; o < layer.Outputs; o++)
            {
                double y = values[l + 1][o];
                double slope = d[o] * layer.Activation switch
                {
                    LayerActivation.Relu => y > 0 ? 1 : 0,
                    LayerActivation.Sigmoid => y * (1 - y),
                    LayerActivation.Tanh => 1 - (y * y),
                    _ => 1,
                };
                gradient[layer.Bias + o] += slope;
                for (int i = 0; i < layer.Inputs; i++)
                {
                    gradient[layer.Weights + (i * layer.Outputs) + o] += slope * values[l][i];
                    below[i] += slope * p[layer.Weights + (i * layer.Outputs) + o];
                }
            }

            d = below;
        }
    }
}
