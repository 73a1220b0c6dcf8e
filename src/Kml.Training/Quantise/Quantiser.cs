using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Training.Quantise;

/// <summary>
/// Makes the integer twin of a trained network: weights of 16 bits (or 8, carried in 16) with a scale an output, activations of 16 bits.
/// </summary>
/// <remarks>
/// The weights' scales are those of <see cref="WeightGrid"/>. Hidden relu and identity layers take a scale an activation's range fits twice over,
/// as measured on calibration rows; beyond it they saturate.
/// </remarks>
public static class Quantiser
{
    /// <summary>The scale of normalised features: Q3.12.</summary>
    internal const double InputScale = 4096.0;

    /// <summary>The scale of a table's results: Q0.15.</summary>
    internal const double TableScale = 32768.0;

    /// <summary>How far hidden activations may exceed the range that was seen before they saturate.</summary>
    private const double Headroom = 2.0;

    /// <summary>Class scores fill about this much of 32 bits on the calibration rows.</summary>
    private const double ScoreRange = 1 << 28;

    /// <summary>Quantises a network.</summary>
    /// <param name="program">Its program, with an integer twin.</param>
    /// <param name="weights">The trained weights; an integer twin that they carry is ignored.</param>
    /// <param name="calibration">Rows of raw feature values (an int, or a Q16's raw value), such as some hundreds of the training set.</param>
    /// <param name="weightBits">16, or 8 for weights that were trained for as many: -127 to 127.</param>
    /// <returns>The twin, found safe by <see cref="IntegerWeights.Validate"/>.</returns>
    /// <exception cref="ArgumentException">The network has no twin, there are no rows, or a weight is not finite.</exception>
    public static IntegerWeights Quantise(
        ModelProgram program,
        ProgramWeights weights,
        IReadOnlyCollection<IReadOnlyList<uint>> calibration,
        int weightBits = 16)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(calibration);
        if (!program.Shape.IntegerTwin)
            throw new ArgumentException("The network has no integer twin: its features, label, verdict or policy use floating point.", nameof(program));
        if (weightBits is not (8 or 16))
            throw new ArgumentOutOfRangeException(nameof(weightBits), weightBits, "Weights have 8 or 16 bits.");
        if (calibration.Count == 0)
            throw new ArgumentException("Quantisation needs calibration rows: pass some of the training set.", nameof(calibration));
        RequireFinite(weights);

        IntegerWeights twin = Twin(program, weights, ActivationRanges.Measure(program, weights, calibration), Greatest(weightBits));
        twin.Validate(program);
        return twin;
    }

    /// <summary>The greatest magnitude of a weight: the most negative number has no counterpart and is not used.</summary>
    /// <param name="weightBits">8 or 16.</param>
    /// <returns>127 or 32767.</returns>
    internal static int Greatest(int weightBits) => (1 << (weightBits - 1)) - 1;

    /// <summary>The scale of a hidden relu or identity layer's outputs.</summary>
    /// <param name="range">The greatest magnitude that was seen.</param>
    /// <returns>Integer units of 1.</returns>
    internal static double HiddenScale(double range) => range == 0.0 ? 1.0 : short.MaxValue / (Headroom * range);

    /// <summary>Quantises stage for stage: each takes what the one before it gives, in that one's scale.</summary>
    private static IntegerWeights Twin(ModelProgram program, ProgramWeights weights, double[] ranges, int greatest)
    {
        double rawPerFeature = program.Shape.FeatureType == ScalarType.Q16 ? 65536.0 : 1.0;
        double rawPerLabel = program.Shape.OutputType == ScalarType.Q16 ? 65536.0 : 1.0;
        double ratio = weights.LabelScale * rawPerLabel, offset = weights.LabelMean * rawPerLabel, scale = 1.0;
        IntegerWeights twin = new([], [], null);
        for (int at = 0; at < program.Stages.Count; at++)
        {
            switch (program.Stages[at])
            {
                case NormaliseStage:
                    scale = InputScale;
                    Affine Map(float mean, float inverse) => AffineMap.Of(inverse * scale / rawPerFeature, -(double)mean * inverse * scale);
                    twin = twin with { Input = [.. weights.Mean.Zip(weights.InvStd, Map)] };
                    break;
                case DenseStage layer:
                    (double before, double after) = Scales(layer, ranges[at]);
                    bool toLabel = layer.GivesScores && !program.Head.IsClassification;
                    IntegerLayerWeights integers = Dense(layer, weights.Layers[layer.Index], greatest, scale, toLabel ? ratio : before, toLabel ? offset : 0.0);
                    twin = twin with { Layers = [.. twin.Layers, integers] };
                    scale = after;
                    break;
                case HeadStage head:
                    twin = twin with { Label = head.Integer is null ? null : AffineMap.Of(ratio / scale, offset) };
                    break;
                case Stage stage:
                    throw new NotSupportedException($"The quantiser does not know a {stage.GetType().Name}.");
            }
        }

        return twin;
    }

    /// <summary>The scales of a layer's outputs before and after its activation.</summary>
    private static (double Before, double After) Scales(DenseStage layer, double range)
    {
        if (layer.IntegerFormat is int fraction)
            return (1 << fraction, TableScale);
        double scale = layer.GivesScores && range != 0.0 ? ScoreRange / range : HiddenScale(range);
        return (scale, scale);
    }

    /// <summary>Quantises a dense layer whose inputs are in units of 1 / inputScale, to outputs v * ratio + offset.</summary>
    private static IntegerLayerWeights Dense(DenseStage layer, LayerWeights weights, int greatest, double inputScale, double ratio, double offset)
    {
        float[] values = [.. weights.Weights], biases = [.. weights.Bias];
        WeightGrid grid = new(layer.Inputs, layer.Outputs, greatest);
        grid.Fit(values, biases, inputScale);
        return new(
            [.. values.Select((value, at) => (short)grid.Weight(value, at % layer.Outputs))],
            [.. biases.Select((value, o) => (int)grid.Bias(value, o))],
            [.. Enumerable.Range(0, layer.Outputs).Select(o => AffineMap.Of(ratio / (grid.Scale(o) * inputScale), offset))]);
    }

    private static void RequireFinite(ProgramWeights weights)
    {
        IEnumerable<float> all = weights.Mean.Concat(weights.InvStd).Append(weights.LabelScale).Append(weights.LabelMean)
            .Concat(weights.Layers.SelectMany(l => l.Weights.Concat(l.Bias)));
        if (!all.All(float.IsFinite))
            throw new ArgumentException("A weight is NaN or infinite: the training diverged. Lower the learning rate.", nameof(weights));
    }
}
