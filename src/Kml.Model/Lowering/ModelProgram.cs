using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>
/// The lowered form of a model's network: a list of stages that fixes the order of evaluation, and the struct that holds the weights.
/// A pure function of the shape, never of weights or of an instruction set. Engines run it stage for stage.
/// </summary>
/// <param name="Shape">What it was made from.</param>
/// <param name="Stages">The stages, in the order in which data passes: normalisation, layers, head.</param>
/// <param name="Arrays">All arrays of the weights struct, in its order.</param>
/// <param name="Size">Bytes of the weights struct.</param>
public sealed record ModelProgram(ProgramShape Shape, EquatableArray<Stage> Stages, EquatableArray<WeightArray> Arrays, int Size)
{
    /// <summary>Lanes, and the multiple to which arrays are padded.</summary>
    public const int Lanes = 16;

    /// <summary>The most bytes that an inference may keep on the stack: with registers and spills its frame then stays below 1,024.</summary>
    public const int MaxStackBytes = 704;

    /// <summary>The stages, in the order in which data passes: normalisation, layers, head. Each takes as many numbers as the one before it gives.</summary>
    public EquatableArray<Stage> Stages { get; } = Chained(Stages);

    /// <summary>The first stage.</summary>
    public NormaliseStage Normalise { get; } = (NormaliseStage)Stages[0];

    /// <summary>All between the first and the last stage, in their order: each gives a vector of its own, or works in place.</summary>
    public EquatableArray<Stage> Between { get; } = new(Stages.Skip(1).Take(Stages.Count - 2));

    /// <summary>The dense ones of them, by which weights are counted: whatever is done stage for stage goes through <see cref="Stages"/>.</summary>
    public EquatableArray<DenseStage> DenseLayers { get; } = new(Stages.OfType<DenseStage>());

    /// <summary>The last stage.</summary>
    public HeadStage Head { get; } = (HeadStage)Stages[Stages.Count - 1];

    /// <summary>Multiply-adds of one inference.</summary>
    public int MultiplyAdds => Stages.Sum(s => s.MultiplyAdds);

    /// <summary>Trained parameters.</summary>
    public int Parameters => Stages.Sum(s => s.Parameters);

    /// <summary>
    /// The slot of the vector that each stage gives: 0 of the normalised features, then one more a stage. A stage that works in place keeps the slot that
    /// it reads, and the head, which gives no vector, too. Two buffers take the slots in turn.
    /// </summary>
    public EquatableArray<int> Slots { get; } = new(ProgramFrame.SlotsOf(Stages));

    /// <summary>What an inference in floating point keeps on the stack.</summary>
    public ProgramFrame FloatFrame { get; } = ProgramFrame.Float(Stages);

    /// <summary>What an inference in integers keeps there; null without a twin.</summary>
    public ProgramFrame? IntegerFrame { get; } = Shape.IntegerTwin ? ProgramFrame.Integer(Stages) : null;

    /// <summary>Bytes that an inference keeps on the stack, in the form that keeps more.</summary>
    public int StackBytes => Math.Max(FloatFrame.Bytes, IntegerFrame?.Bytes ?? 0);

    /// <summary>Whether an inference fits a kernel frame.</summary>
    public bool FitsFrame => StackBytes <= MaxStackBytes;

    /// <summary>The next multiple of 16.</summary>
    /// <param name="count">A count.</param>
    /// <returns>The padded count.</returns>
    public static int Pad(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>Lowers a model's network.</summary>
    /// <param name="model">The model, free of errors.</param>
    /// <returns>The program.</returns>
    public static ModelProgram For(ModelSpec model) => For(ProgramShape.Of(model));

    /// <summary>Lowers a network.</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>The program.</returns>
    /// <exception cref="ArgumentException">The shape is none.</exception>
    public static ModelProgram For(ProgramShape shape)
    {
        shape.Validate();
        WeightLayout layout = new();

        // The small arrays of the first and last stage lie together, before the layers'.
        List<Stage> stages = [NormaliseStage.Lower(shape, layout)];
        WeightArray? label = HeadStage.LayLabel(shape, layout);
        for (int i = 0; i < shape.Layers.Count; i++)
            stages.Add(DenseStage.Lower(shape.Layers[i], i, stages[stages.Count - 1].Outputs, layout));
        for (int i = 0; i < stages.Count; i++)
            stages[i] = stages[i].Before(i + 1 < stages.Count ? stages[i + 1] : null);
        stages.Add(HeadStage.Lower(shape, stages[stages.Count - 1], label));
        if (shape.IntegerTwin)
            stages = [.. stages.Select(s => s.WithInteger(layout))];
        return new(shape, new(stages), new(layout.Arrays), layout.Size);
    }

    // Engines follow the stages' own widths, and would agree on what none of them should compute.
    private static EquatableArray<Stage> Chained(EquatableArray<Stage> stages)
    {
        for (int at = 1; at < stages.Count; at++)
        {
            (Stage before, Stage stage) = (stages[at - 1], stages[at]);
            if (stage.Inputs != before.Outputs)
                throw new ArgumentException($"Stage {at}, a {stage.GetType().Name}, takes {stage.Inputs} numbers; the one before it gives {before.Outputs}.");
        }

        return stages;
    }
}
