using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Training.Quantise;

/// <summary>
/// Makes the integer twin of a trained network: post-training quantisation to 16-bit weights and activations, a scale an output.
/// </summary>
/// <remarks>
/// Per output the weights take the greatest scale at which neither a weight leaves 16 bits nor any sum leaves 32, whatever the
/// features are. Hidden relu and identity layers take a scale an activation's range fits twice over, as measured on calibration
/// rows; beyond it they saturate.
/// </remarks>
public static class Quantiser
{
    /// <summary>The scale of normalised features: Q3.12.</summary>
    private const double InputScale = 4096.0;

    /// <summary>The scale of a table's results: Q0.15.</summary>
    private const double TableScale = 32768.0;

    /// <summary>How far hidden activations may exceed what calibration saw before they saturate.</summary>
    private const double Headroom = 2.0;

    /// <summary>Class scores fill about this much of 32 bits on the calibration rows.</summary>
    private const double ScoreRange = 1 << 28;

    /// <summary>Quantises a network.</summary>
    /// <param name="plan">Its plan, with an integer twin.</param>
    /// <param name="weights">The trained weights; an integer twin that they carry is ignored.</param>
    /// <param name="calibration">Rows of raw feature values (an int, or a Q16's raw value), such as some hundreds of the training set.</param>
    /// <returns>The twin, found safe by <see cref="IntegerWeights.Validate"/>.</returns>
    /// <exception cref="ArgumentException">The network has no twin, there are no rows, or a weight is not finite.</exception>
    public static IntegerWeights Quantise(NetworkPlan plan, NetworkWeights weights, IReadOnlyCollection<IReadOnlyList<uint>> calibration)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(calibration);
        if (!plan.Shape.IntegerTwin)
            throw new ArgumentException("The network has no integer twin: its features, label, verdict or policy use floating point.", nameof(plan));
        if (calibration.Count == 0)
            throw new ArgumentException("Quantisation needs calibration rows: pass some of the training set.", nameof(calibration));
        RequireFinite(weights);

        double[] ranges = ActivationRanges.Measure(plan, weights, calibration);
        double rawPerFeature = plan.Shape.FeatureType == ScalarType.Q16 ? 65536.0 : 1.0;
        double rawPerLabel = plan.Shape.OutputType == ScalarType.Q16 ? 65536.0 : 1.0;
        List<IntegerLayerWeights> layers = [];
        double scale = InputScale;
        foreach (LayerPlan layer in plan.Layers)
        {
            bool last = layer.Index == plan.Layers.Count - 1;
            (double before, double after) = Scales(plan, layer, ranges[layer.Index]);
            bool toLabel = last && !plan.Shape.IsClassification && layer.Activation == LayerActivation.Identity;
            layers.Add(toLabel
                ? Layer(layer, weights.Layers[layer.Index], scale, weights.LabelScale * rawPerLabel, weights.LabelMean * rawPerLabel)
                : Layer(layer, weights.Layers[layer.Index], scale, before, 0.0));
            scale = after;
        }

        IntegerWeights twin = new(
            [.. weights.Mean.Zip(weights.InvStd, (mean, inv) => AffineMap.Of(inv * InputScale / rawPerFeature, -(double)mean * inv * InputScale))],
            layers,
            plan.IntegerLabel is null ? null : AffineMap.Of(weights.LabelScale * rawPerLabel / scale, weights.LabelMean * rawPerLabel));
        twin.Validate(plan);
        return twin;
    }

    /// <summary>The scales of a layer's outputs before and after its activation.</summary>
    private static (double Before, double After) Scales(NetworkPlan plan, LayerPlan layer, double range)
    {
        if (NetworkPlan.IntegerFormat(layer) is int fraction)
            return (1 << fraction, TableScale);
        bool scores = layer.Index == plan.Layers.Count - 1 && layer.Activation == LayerActivation.Identity;
        double scale = range == 0.0 ? 1.0 : scores ? ScoreRange / range : short.MaxValue / (Headroom * range);
        return (scale, scale);
    }

    /// <summary>Quantises one layer whose inputs are in units of 1 / inputScale, to outputs v * ratio + offset.</summary>
    private static IntegerLayerWeights Layer(LayerPlan plan, LayerWeights weights, double inputScale, double ratio, double offset)
    {
        short[] quantised = new short[plan.MultiplyAdds];
        int[] bias = new int[plan.Outputs];
        Affine[] maps = new Affine[plan.Outputs];
        for (int o = 0; o < plan.Outputs; o++)
        {
            double scale = WeightScale(plan, weights, o, inputScale);
            for (int i = 0; i < plan.Inputs; i++)
            {
                int at = (i * plan.Outputs) + o;
                quantised[at] = (short)Math.Round(weights.Weights[at] * scale);
            }

            bias[o] = (int)Math.Round(weights.Bias[o] * scale * inputScale);
            maps[o] = AffineMap.Of(ratio / (scale * inputScale), offset);
        }

        return new(quantised, bias, maps);
    }

    /// <summary>
    /// The greatest scale that is safe. An input is at most 32768 in magnitude and rounding adds at most a half to each weight and the bias,
    /// so the sum stays below scale * (32768 * sum of |w| + |b| * inputScale) + 16384 * inputs + 1.
    /// </summary>
    private static double WeightScale(LayerPlan plan, LayerWeights weights, int output, double inputScale)
    {
        double sum = 0.0, greatest = 0.0;
        for (int i = 0; i < plan.Inputs; i++)
        {
            double magnitude = Math.Abs(weights.Weights[(i * plan.Outputs) + output]);
            sum += magnitude;
            greatest = Math.Max(greatest, magnitude);
        }

        double reach = (32768.0 * sum) + (Math.Abs(weights.Bias[output]) * inputScale);
        if (reach == 0.0)
            return 1.0;
        double scale = (int.MaxValue - (16384.0 * plan.Inputs) - 2.0) / reach;
        return greatest == 0.0 ? scale : Math.Min(scale, short.MaxValue / greatest);
    }

    private static void RequireFinite(NetworkWeights weights)
    {
        IEnumerable<float> all = weights.Mean.Concat(weights.InvStd).Append(weights.LabelScale).Append(weights.LabelMean)
            .Concat(weights.Layers.SelectMany(l => l.Weights.Concat(l.Bias)));
        if (!all.All(float.IsFinite))
            throw new ArgumentException("A weight is NaN or infinite: the training diverged. Lower the learning rate.", nameof(weights));
    }
}
