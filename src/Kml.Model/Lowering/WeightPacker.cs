using System;

namespace Kml.Model.Lowering;

/// <summary>Writes weights as the bytes of the emitted <c>struct kml_&lt;model&gt;_weights</c>. Padding is zero.</summary>
public static class WeightPacker
{
    /// <summary>Packs weights.</summary>
    /// <param name="program">The program.</param>
    /// <param name="weights">The weights; if the program has an integer twin, with it.</param>
    /// <returns><see cref="ModelProgram.Size"/> bytes, little-endian.</returns>
    /// <exception cref="ArgumentException">A tensor has the wrong size, or the integer twin could overflow; the message says which.</exception>
    public static byte[] Pack(ModelProgram program, ProgramWeights weights)
    {
        WeightChecks.Length("layers", weights.Layers.Count, program.DenseLayers.Count);
        byte[] bytes = new byte[program.Size];
        using WeightWriter writer = new(bytes);
        foreach (Stage stage in program.Stages)
            stage.Pack(weights, writer);
        if (!program.Shape.IntegerTwin)
            return bytes;

        IntegerWeights twin = weights.Integer ?? throw new ArgumentException("The network has an integer twin, but the weights have none.");
        twin.Validate(program);
        foreach (Stage stage in program.Stages)
            stage.PackInteger(twin, writer);
        return bytes;
    }
}
