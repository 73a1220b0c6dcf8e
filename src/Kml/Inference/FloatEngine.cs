using System;
using Kml.Inference.Stages;
using Kml.Model.Lowering;

namespace Kml.Inference;

/// <summary>
/// The managed reference of the float engine: it computes, operation by operation, what <c>&lt;model&gt;_infer.c</c> computes in the kernel,
/// on the same bytes of weights. Bits are equal, those of NaN and of denormals too.
/// </summary>
/// <remarks>Safe to call from several threads; a call allocates nothing.</remarks>
public sealed class FloatEngine
{
    private readonly PackedWeights _weights;
    private readonly Stage[] _between;

    /// <summary>Takes a copy of the weights.</summary>
    /// <param name="program">The program.</param>
    /// <param name="weights">The bytes of the weights struct, as <see cref="WeightPacker"/> writes them.</param>
    /// <exception cref="ArgumentException">The weights have another size than the program says.</exception>
    public FloatEngine(ModelProgram program, ReadOnlySpan<byte> weights)
    {
        RequireFit(program, weights);
        Program = program;
        _weights = new(weights.ToArray());
        _between = [.. program.Between];
    }

    /// <summary>The program that it runs.</summary>
    public ModelProgram Program { get; }

    /// <summary>Predicts.</summary>
    /// <param name="features">The features: a float's bits, or the raw value of an int or a <see cref="Q16"/>.</param>
    /// <returns>The class index, or the label: a float's canonical bits, or the raw value of an int or a <see cref="Q16"/>.</returns>
    public uint Predict(ReadOnlySpan<uint> features) => Predict(features, []);

    /// <summary>Predicts, and says how sure it is.</summary>
    /// <param name="features">The features: a float's bits, or the raw value of an int or a <see cref="Q16"/>.</param>
    /// <param name="confidences">
    /// Receives the canonical bits of the confidences that the program's head has, one for each; or empty, where none is asked for.
    /// </param>
    /// <returns>The class index, or the label: a float's canonical bits, or the raw value of an int or a <see cref="Q16"/>.</returns>
    public uint Predict(ReadOnlySpan<uint> features, Span<uint> confidences)
    {
        RequireCount(Program, features);
        if (confidences.Length > 0 && confidences.Length != Program.Head.Confidences.Count)
            throw new ArgumentException($"The network gives {Program.Head.Confidences.Count} confidences, not {confidences.Length}.", nameof(confidences));
        Span<float> x = stackalloc float[ProgramShape.MaxWidth];
        Span<float> y = stackalloc float[ProgramShape.MaxWidth];
        NormaliseFloat.Run(Program.Normalise, _weights, features, x);
        foreach (Stage stage in _between)
        {
            switch (stage)
            {
                case DenseStage dense:
                    DenseFloat.Run(dense, _weights, x, y);
                    break;
                default:
                    throw new NotSupportedException($"This engine does not run a {stage.GetType().Name}.");
            }

            if (!stage.GivesVector)
                continue;
            Span<float> swap = x;
            x = y;
            y = swap;
        }

        return HeadFloat.Run(Program.Head, _weights, x, confidences);
    }

    internal static void RequireFit(ModelProgram program, ReadOnlySpan<byte> weights)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (weights.Length != program.Size)
            throw new ArgumentException($"The weights take {weights.Length} bytes, this network's struct has {program.Size}.", nameof(weights));
    }

    internal static void RequireCount(ModelProgram program, ReadOnlySpan<uint> features)
    {
        if (features.Length != program.Normalise.Features)
            throw new ArgumentException($"The network takes {program.Normalise.Features} features, not {features.Length}.", nameof(features));
    }
}
