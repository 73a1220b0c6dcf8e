using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Training.Quantise;

/// <summary>The greatest magnitude that each layer's outputs reach over rows of features, in double precision.</summary>
internal static class ActivationRanges
{
    /// <summary>Runs the float network over the rows.</summary>
    /// <param name="program">The program.</param>
    /// <param name="weights">The float weights.</param>
    /// <param name="rows">Rows of raw feature values.</param>
    /// <returns>One magnitude a layer.</returns>
    public static double[] Measure(ModelProgram program, ProgramWeights weights, IEnumerable<IReadOnlyList<uint>> rows)
    {
        double unit = program.Shape.FeatureType == ScalarType.Q16 ? 65536.0 : 1.0;
        double[] ranges = new double[program.Layers.Count];
        foreach (IReadOnlyList<uint> row in rows)
        {
            if (row.Count != program.Shape.Features)
                throw new ArgumentException($"A calibration row has {row.Count} features, the network takes {program.Shape.Features}.", nameof(rows));
            // The twin's input saturates at the ends of Q3.12, so what lies beyond widens no range.
            double[] x = [.. row.Select((raw, i) => Math.Clamp((((int)raw / unit) - weights.Mean[i]) * weights.InvStd[i], -8.0, 8.0))];
            foreach (DenseStage layer in program.Layers)
            {
                x = Layer(layer, weights.Layers[layer.Index], x);
                ranges[layer.Index] = Math.Max(ranges[layer.Index], x.Max(Math.Abs));
            }
        }

        return ranges;
    }

    private static double[] Layer(DenseStage layer, LayerWeights weights, double[] x)
    {
        double[] y = [.. weights.Bias.Select(b => (double)b)];
        for (int i = 0; i < layer.Inputs; i++)
        {
            for (int o = 0; o < layer.Outputs; o++)
                y[o] += weights.Weights[(i * layer.Outputs) + o] * x[i];
        }

        return [.. y.Select(v => layer.Activation switch
        {
            LayerActivation.Identity => v,
            LayerActivation.Relu => Math.Max(v, 0.0),
            LayerActivation.Sigmoid => 1.0 / (1.0 + Math.Exp(-v)),
            LayerActivation.Tanh => Math.Tanh(v),
            _ => throw new NotSupportedException($"The quantiser has no {layer.Activation}."),
        })];
    }
}
