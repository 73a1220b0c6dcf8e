using System;
using System.Linq;
using Kml.Inference;
using Kml.Model.Lowering;
using Kml.Training.Networks;

namespace Kml.Training.Quantise;

/// <summary>
/// A dense network as the kernel computes it without the FPU: quantised by <see cref="Quantiser"/> and run by <see cref="IntegerEngine"/>.
/// Features and label are taken as 32-bit integers: as they are where all training rows hold whole numbers, else in fixed point.
/// </summary>
/// <remarks>The engine yields a class and no probabilities: the chosen one gets 1.</remarks>
internal sealed class IntegerPredictor : IPredictor
{
    private readonly IntegerEngine _network;
    private readonly FixedPoint[] _features;
    private readonly FixedPoint _label;

    private IntegerPredictor(IntegerEngine network, FixedPoint[] features, FixedPoint label, long sizeBytes)
    {
        SizeBytes = sizeBytes;
        _network = network;
        _features = features;
        _label = label;
    }

    /// <inheritdoc/>
    public int Width => _features.Length;

    /// <inheritdoc/>
    public int Classes => _network.Program.Shape.Classes;

    /// <inheritdoc/>
    public long SizeBytes { get; }

    /// <summary>Quantises a trained network.</summary>
    /// <param name="form">The network as it is declared.</param>
    /// <param name="normalisation">Its normalisation.</param>
    /// <param name="parameters">Its parameters, as <see cref="Network{T}"/> lays them out.</param>
    /// <param name="train">The rows that it was trained on: formats and ranges are chosen on them.</param>
    /// <param name="weightBits">8 or 16.</param>
    /// <returns>The predictor.</returns>
    /// <exception cref="TrainingException">The network has no form in integers, or gives another number of outputs than there are classes.</exception>
    internal static IntegerPredictor Of(NetworkForm form, Normalisation normalisation, float[] parameters, Samples train, int weightBits)
    {
        IntegerPrecision.Check(form);
        ModelProgram program = TwinProgram.Of(form, train.Classes);
        FixedPoint[] features = [.. Enumerable.Range(0, train.Width).Select(f => FixedPoint.For(train.Column(f)))];

        // A prediction of whole labels need not be whole.
        FixedPoint label = train.Classes > 0 ? default : FixedPoint.Finest(Math.Max(train.Labels.ToArray().Max(Math.Abs), normalisation.LabelScale));
        ProgramWeights raw = new(
            [.. normalisation.Mean.Select((mean, f) => features[f].ToRaw(mean))],
            [.. normalisation.InverseDeviation.Select((inverse, f) => features[f].PerRaw(inverse))],
            ModelNetwork.Layers(form, parameters),
            label.ToRaw(normalisation.LabelScale),
            label.ToRaw(normalisation.LabelMean),
            null);
        uint[][] calibration = CalibrationRows.Of(train.Count, row => Raw(train, features, row));
        IntegerWeights twin = Quantiser.Quantise(program, raw, calibration, weightBits);
        return new IntegerPredictor(
            new IntegerEngine(program, WeightPacker.Pack(program, raw with { Integer = twin })),
            features,
            label,
            TwinProgram.Bytes(form, train.Classes));
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        Span<uint> raw = stackalloc uint[Width];
        outputs[..(rows * Math.Max(1, Classes))].Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int f = 0; f < raw.Length; f++)
                raw[f] = (uint)_features[f].Raw(features[(f * rows) + row]);
            uint output = _network.Predict(raw);
            if (Classes > 0)
                outputs[((int)output * rows) + row] = 1;
            else
                outputs[row] = _label.Value((int)output);
        }
    }

    private static uint[] Raw(Samples samples, FixedPoint[] features, int row) =>
        [.. features.Select((format, f) => (uint)format.Raw(samples.Column(f)[row]))];
}
