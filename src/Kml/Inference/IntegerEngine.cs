using System;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Inference;

/// <summary>
/// The managed reference of the integer twin: it computes what <c>&lt;model&gt;_infer_int.c</c> computes where the kernel
/// may not use the vector registers, on the same bytes of weights.
/// </summary>
/// <remarks>Safe to call from several threads; a call allocates nothing.</remarks>
public sealed class IntegerEngine
{
    private const int MaxWidth = 1024;

    private readonly byte[] _weights;
    private readonly DenseStage[] _layers;
    private readonly short[][] _tables;

    /// <summary>Takes a copy of the weights.</summary>
    /// <param name="program">The lowered network, with an integer twin.</param>
    /// <param name="weights">The bytes of the weights struct, as <see cref="WeightPacker"/> writes them.</param>
    /// <exception cref="ArgumentException">The network has no integer twin, or the weights have another size than the program says.</exception>
    public IntegerEngine(ModelProgram program, ReadOnlySpan<byte> weights)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (!program.Shape.IntegerTwin)
            throw new ArgumentException("The network has no integer twin: its features, label, verdict or policy use floating point.", nameof(program));
        if (weights.Length != program.Size)
            throw new ArgumentException($"The weights take {weights.Length} bytes, this network's struct has {program.Size}.", nameof(weights));
        if (program.Shape.Features > MaxWidth || program.Layers.Any(l => l.Outputs > MaxWidth))
            throw new ArgumentException($"A network is at most {MaxWidth} wide.", nameof(program));
        Program = program;
        _weights = weights.ToArray();
        _layers = [.. program.Layers];
        _tables = [.. program.Layers.Select(l => ModelProgram.IntegerFormat(l) is null ? [] : ActivationTable.Of(l.Activation).ToArray())];
    }

    /// <summary>The lowered network.</summary>
    public ModelProgram Program { get; }

    /// <summary>Predicts.</summary>
    /// <param name="features">The raw values of the features.</param>
    /// <returns>The class index, or the label's raw value.</returns>
    public uint Predict(ReadOnlySpan<uint> features)
    {
        if (features.Length != Program.Shape.Features)
            throw new ArgumentException($"The network takes {Program.Shape.Features} features, not {features.Length}.", nameof(features));

        Span<short> x = stackalloc short[MaxWidth];
        Span<int> sums = stackalloc int[MaxWidth];
        ReadOnlySpan<Affine> input = Affines(Program.IntegerInput!);
        for (int i = 0; i < features.Length; i++)
            x[i] = Clamp16(input[i].Apply((int)features[i]));

        foreach (DenseStage layer in _layers)
        {
            Accumulate(layer, x, sums);
            bool last = layer.Index == _layers.Length - 1;
            if (last && layer.Activation == LayerActivation.Identity)
                return Head(sums[..layer.Outputs], Affines(layer.Integer!.Scale));
            ReadOnlySpan<Affine> scale = Affines(layer.Integer!.Scale);
            for (int o = 0; o < layer.Outputs; o++)
                x[o] = Activate(layer, Clamp16(scale[o].Apply(sums[o])));
        }

        for (int o = 0; o < Program.Shape.Outputs; o++)
            sums[o] = x[o];
        return Program.Shape.IsClassification ? ArgMax(sums[..Program.Shape.Outputs]) : (uint)Clamp32(Affines(Program.IntegerLabel!)[0].Apply(sums[0]));
    }

    /// <summary>Two outputs to a 64-bit accumulator: the sum of the even one is its low half, which borrows from the odd one's if negative.</summary>
    private void Accumulate(DenseStage layer, ReadOnlySpan<short> x, Span<int> sums)
    {
        ReadOnlySpan<long> bias = Pairs(layer.Integer!.Bias), w = Pairs(layer.Integer.Weights);
        for (int pair = 0; pair < bias.Length; pair++)
        {
            long sum = bias[pair];
            ReadOnlySpan<long> row = w.Slice(pair * layer.Inputs, layer.Inputs);
            for (int i = 0; i < row.Length; i++)
                sum = unchecked(sum + (x[i] * row[i]));
            sums[2 * pair] = (int)sum;
            if ((2 * pair) + 1 < layer.Outputs)
                sums[(2 * pair) + 1] = (int)(unchecked(sum - (int)sum) >> 32);
        }
    }

    private short Activate(DenseStage layer, short y)
    {
        if (layer.Activation == LayerActivation.Relu)
            return Math.Max(y, (short)0);
        if (layer.Activation == LayerActivation.Identity)
            return y;
        short[] table = _tables[layer.Index];
        int position = y + 32768;
        int step = position >> 7;
        return (short)(table[step] + ((((table[step + 1] - table[step]) * (position & 127)) + 64) >> 7));
    }

    private uint Head(Span<int> sums, ReadOnlySpan<Affine> scale)
    {
        for (int o = 0; o < sums.Length; o++)
            sums[o] = Clamp32(scale[o].Apply(sums[o]));
        return Program.Shape.IsClassification ? ArgMax(sums) : (uint)sums[0];
    }

    private static uint ArgMax(ReadOnlySpan<int> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return (uint)best;
    }

    private static short Clamp16(long value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);

    private static int Clamp32(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    private ReadOnlySpan<long> Pairs(WeightArray array) =>
        MemoryMarshal.Cast<byte, long>(_weights.AsSpan(array.Offset, array.Bytes));

    private ReadOnlySpan<Affine> Affines(WeightArray array) =>
        MemoryMarshal.Cast<byte, Affine>(_weights.AsSpan(array.Offset, array.Bytes));
}
