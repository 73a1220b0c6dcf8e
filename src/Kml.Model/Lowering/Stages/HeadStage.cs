using System;
using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>
/// The last stage: of a regression out * label[0] + label[1] in the label's type; of a classification the index of the greatest output, the lowest
/// among equals. The two forms round a regression's label differently: floating point towards zero, as C# converts, and integers to the nearest, a half
/// upwards, as all their maps do.
/// </summary>
/// <param name="Inputs">How many outputs the stage before it has: one, or one a class.</param>
/// <param name="Type">F32, I32 or Q16 of a regression, U32 of a classification.</param>
/// <param name="IsClassification">Whether it chooses a class.</param>
/// <param name="TakesScores">
/// Whether the integer form takes 32 bits an output as they are (the label's raw units, or scores in one common scale), as
/// <see cref="DenseStage.GivesScores"/> says; else 16 bits of an activation.
/// </param>
/// <param name="Label">Scale and mean of a regression's label; the rest is padding. Null for a classification.</param>
/// <param name="Confidences">What a classification gives beside the class, in floating point, in this order.</param>
/// <param name="Integer">
/// In the integer form, the map from a last layer's 16-bit activation to the label's raw units; null unless a regression ends in one.
/// </param>
public sealed record HeadStage(
    int Inputs,
    ScalarType Type,
    bool IsClassification,
    bool TakesScores,
    WeightArray? Label,
    EquatableArray<Confidence> Confidences,
    WeightArray? Integer)
    : Stage(Inputs, 1)
{
    /// <inheritdoc/>
    public override int Curves => Inputs * Confidences.Sum(s => s.Info().CurvesPerClass);

    /// <inheritdoc/>
    public override bool GivesVector => false;

    /// <inheritdoc/>
    public override int FloatLength => 0;

    /// <inheritdoc/>
    public override int IntegerLength => 0;

    /// <summary>The 32-bit scores, or those that a classification's activations are widened to.</summary>
    public override int IntegerScratch => TakesScores || IsClassification ? sizeof(int) * Inputs : 0;

    internal static WeightArray? LayLabel(ProgramShape shape, WeightLayout layout) =>
        shape.IsClassification ? null : layout.Add("label", WeightElement.F32, ModelProgram.Lanes);

    internal static HeadStage Lower(ProgramShape shape, Stage previous, WeightArray? label) => new(
        previous.Outputs,
        shape.OutputType,
        shape.IsClassification,
        previous is DenseStage { GivesScores: true },
        label,
        shape.Confidences,
        null);

    internal override Stage WithInteger(WeightLayout layout) =>
        IsClassification || TakesScores ? this : this with { Integer = layout.Add("int_label", WeightElement.Affine, 1) };

    internal override void Pack(ProgramWeights weights, WeightWriter writer)
    {
        if (Label is not null)
            writer.Floats(Label, [weights.LabelScale, weights.LabelMean]);
    }

    internal override void PackInteger(IntegerWeights weights, WeightWriter writer)
    {
        if (Integer is not null)
            writer.Affines(Integer, [weights.Label!.Value]);
    }

    internal override void Validate(IntegerWeights weights)
    {
        if (weights.Label is null != Integer is null)
            throw new ArgumentException($"int_label is {(weights.Label is null ? "missing" : "not used by this network")}.");
        if (weights.Label is Affine label)
            WeightChecks.Safe("int_label", [label]);
    }
}
