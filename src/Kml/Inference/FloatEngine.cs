using System;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Inference;

/// <summary>
/// The managed reference of the float engine: it computes, operation by operation, what <c>&lt;model&gt;_infer.c</c> computes in the kernel,
/// on the same bytes of weights. Bits are equal, those of NaN and of denormals too.
/// </summary>
/// <remarks>Safe to call from several threads; a call allocates nothing.</remarks>
public sealed class FloatEngine
{
    /// <summary>The widest layer that a model may declare.</summary>
    private const int MaxWidth = 1024;

    private readonly byte[] _weights;
    private readonly DenseStage[] _layers;

    /// <summary>Takes a copy of the weights.</summary>
    /// <param name="program">The lowered network.</param>
    /// <param name="weights">The bytes of the weights struct, as <see cref="WeightPacker"/> writes them.</param>
    /// <exception cref="ArgumentException">The weights have another size than the program says.</exception>
    public FloatEngine(ModelProgram program, ReadOnlySpan<byte> weights)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (weights.Length != program.Size)
            throw new ArgumentException($"The weights take {weights.Length} bytes, this network's struct has {program.Size}.", nameof(weights));
        if (program.Shape.Features > MaxWidth || program.Layers.Any(l => l.Outputs > MaxWidth))
            throw new ArgumentException($"A network is at most {MaxWidth} wide.", nameof(program));
        Program = program;
        _weights = weights.ToArray();
        _layers = [.. program.Layers];
    }

    /// <summary>The lowered network.</summary>
    public ModelProgram Program { get; }

    /// <summary>Predicts.</summary>
    /// <param name="features">The features: a float's bits, or the raw value of an int or a <see cref="Q16"/>.</param>
    /// <returns>The class index, or the label: a float's canonical bits, or the raw value of an int or a <see cref="Q16"/>.</returns>
    public uint Predict(ReadOnlySpan<uint> features)
    {
        ProgramShape shape = Program.Shape;
        if (features.Length != shape.Features)
            throw new ArgumentException($"The network takes {shape.Features} features, not {features.Length}.", nameof(features));

        Span<float> even = stackalloc float[MaxWidth];
        Span<float> odd = stackalloc float[MaxWidth];
        Normalise(features, even);
        foreach (DenseStage layer in _layers)
        {
            if (layer.Order == DenseOrder.AcrossOutputs)
                AcrossOutputs(layer, even, odd);
            else
                SixteenLanes(layer, even, odd);
            Activate(layer.Activation, odd[..layer.Outputs]);
            Span<float> swap = even;
            even = odd;
            odd = swap;
        }

        return shape.IsClassification ? ArgMax(even[..shape.Outputs]) : Label(even[0]);
    }

    private void Normalise(ReadOnlySpan<uint> features, Span<float> x)
    {
        ReadOnlySpan<float> mean = Floats(Program.Mean), invStd = Floats(Program.InvStd);
        for (int i = 0; i < features.Length; i++)
        {
            float value = Program.Shape.FeatureType switch
            {
                ScalarType.F32 => BitConverter.UInt32BitsToSingle(features[i]),
                ScalarType.Q16 => (float)Q16.FromRaw((int)features[i]),
                _ => (int)features[i],
            };
            x[i] = (value - mean[i]) * invStd[i];
        }
    }

    private void AcrossOutputs(DenseStage layer, ReadOnlySpan<float> x, Span<float> y)
    {
        ReadOnlySpan<float> w = Floats(layer.Weights);
        Floats(layer.Bias)[..layer.Outputs].CopyTo(y);
        for (int i = 0; i < layer.Inputs; i++)
        {
            ReadOnlySpan<float> row = w.Slice(i * layer.PaddedOutputs, layer.Outputs);
            for (int o = 0; o < row.Length; o++)
                y[o] += row[o] * x[i];
        }
    }

    private void SixteenLanes(DenseStage layer, ReadOnlySpan<float> x, Span<float> y)
    {
        ReadOnlySpan<float> w = Floats(layer.Weights), bias = Floats(layer.Bias);
        Span<float> lanes = stackalloc float[ModelProgram.Lanes];
        for (int o = 0; o < layer.Outputs; o++)
        {
            lanes.Clear();
            ReadOnlySpan<float> row = w.Slice(o * layer.PaddedInputs, layer.Inputs);
            for (int i = 0; i < row.Length; i++)
                lanes[i % ModelProgram.Lanes] += row[i] * x[i];
            for (int half = ModelProgram.Lanes / 2; half > 0; half /= 2)
            {
                for (int l = 0; l < half; l++)
                    lanes[l] += lanes[l + half];
            }

            y[o] = lanes[0] + bias[o];
        }
    }

    private static void Activate(LayerActivation activation, Span<float> y)
    {
        for (int o = 0; o < y.Length; o++)
        {
            y[o] = activation switch
            {
                LayerActivation.Relu => y[o] < 0f ? 0f : y[o],
                LayerActivation.Sigmoid => KmlMath.Sigmoid(y[o]),
                LayerActivation.Tanh => KmlMath.Tanh(y[o]),
                _ => y[o],
            };
        }
    }

    private static uint ArgMax(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return (uint)best;
    }

    private uint Label(float output)
    {
        ReadOnlySpan<float> label = Floats(Program.Label!);
        float y = output * label[0] + label[1];
        return Program.Shape.OutputType switch
        {
            ScalarType.F32 => KmlMath.CanonicalBits(y),
            ScalarType.Q16 => (uint)((Q16)y).Raw,
            _ => (uint)(int)y,
        };
    }

    private ReadOnlySpan<float> Floats(WeightArray array) =>
        MemoryMarshal.Cast<byte, float>(_weights.AsSpan(array.Offset, array.Bytes));
}
