using System;
using Kml.Inference.Stages;
using Kml.Model.Lowering;

namespace Kml.Inference;

/// <summary>
/// The managed reference of the integer twin: it computes what <c>&lt;model&gt;_infer_int.c</c> computes where the kernel
/// may not use the vector registers, on the same bytes of weights.
/// </summary>
/// <remarks>Safe to call from several threads; a call allocates nothing.</remarks>
public sealed class IntegerEngine
{
    private readonly PackedWeights _weights;
    private readonly Stage[] _between;

    /// <summary>Takes a copy of the weights.</summary>
    /// <param name="program">The program, with an integer twin.</param>
    /// <param name="weights">The bytes of the weights struct, as <see cref="WeightPacker"/> writes them.</param>
    /// <exception cref="ArgumentException">The network has no integer twin, or the weights have another size than the program says.</exception>
    public IntegerEngine(ModelProgram program, ReadOnlySpan<byte> weights)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (!program.Shape.IntegerTwin)
            throw new ArgumentException("The network has no integer twin: its features, label, verdict or policy use floating point.", nameof(program));
        FloatEngine.RequireFit(program, weights);
        Program = program;
        _weights = new(weights.ToArray());
        _between = [.. program.Between];
    }

    /// <summary>The program that it runs.</summary>
    public ModelProgram Program { get; }

    /// <summary>Predicts.</summary>
    /// <param name="features">The raw values of the features.</param>
    /// <returns>The class index, or the label's raw value.</returns>
    public uint Predict(ReadOnlySpan<uint> features)
    {
        FloatEngine.RequireCount(Program, features);
        Span<int> x = stackalloc int[ProgramShape.MaxWidth];
        Span<int> y = stackalloc int[ProgramShape.MaxWidth];
        NormaliseInteger.Run(Program.Normalise, _weights, features, x);
        foreach (Stage stage in _between)
        {
            switch (stage)
            {
                case DenseStage dense:
                    DenseInteger.Run(dense, _weights, x, y);
                    break;
                default:
                    throw new NotSupportedException($"This engine does not run a {stage.GetType().Name}.");
            }

            if (!stage.GivesVector)
                continue;
            Span<int> swap = x;
            x = y;
            y = swap;
        }

        return HeadInteger.Run(Program.Head, _weights, x);
    }
}
