using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Training.Quantise;

/// <summary>The greatest magnitude that each stage's outputs reach over rows of features, in double precision.</summary>
internal static class ActivationRanges
{
    // The twin's input saturates at the ends of Q3.12, so what lies beyond widens no range.
    private const double Limit = 32768 / Quantiser.InputScale;

    /// <summary>Runs the float form over the rows.</summary>
    /// <param name="program">The program.</param>
    /// <param name="weights">The float weights.</param>
    /// <param name="rows">Rows of raw feature values.</param>
    /// <returns>One magnitude for each stage before the head.</returns>
    /// <exception cref="NotSupportedException">A stage is of a kind that has no range here.</exception>
    public static double[] Measure(ModelProgram program, ProgramWeights weights, IEnumerable<IReadOnlyList<uint>> rows)
    {
        double unit = program.Shape.FeatureType == ScalarType.Q16 ? 65536.0 : 1.0;
        double[] ranges = new double[program.Stages.Count - 1];
        foreach (IReadOnlyList<uint> row in rows)
        {
            if (row.Count != program.Shape.Features)
                throw new ArgumentException($"A calibration row has {row.Count} features, the network takes {program.Shape.Features}.", nameof(rows));
            double[] x = [.. row.Select(raw => (int)raw / unit)];
            for (int at = 0; at < ranges.Length; at++)
            {
                x = program.Stages[at] switch
                {
                    NormaliseStage => [.. x.Select((value, i) => Math.Clamp((value - weights.Mean[i]) * weights.InvStd[i], -Limit, Limit))],
                    DenseStage layer => Dense(layer, weights.Layers[layer.Index], x),
                    Stage stage => throw new NotSupportedException($"The quantiser measures no {stage.GetType().Name}."),
                };
                ranges[at] = Math.Max(ranges[at], x.Max(Math.Abs));
            }
        }

        return ranges;
    }

    private static double[] Dense(DenseStage layer, LayerWeights weights, double[] x)
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
