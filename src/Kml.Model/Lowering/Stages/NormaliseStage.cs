namespace Kml.Model.Lowering;

/// <summary>The first stage: x = (feature - mean) * inverse deviation, feature by feature.</summary>
/// <param name="Features">How many features there are.</param>
/// <param name="Type">Their type: F32, I32 or Q16.</param>
/// <param name="Mean">Means that are subtracted from the features, padded to a multiple of 16.</param>
/// <param name="InvStd">What the differences are multiplied by, padded to a multiple of 16.</param>
/// <param name="Integer">In the integer form, one affine map a feature, to Q3.12; null without a twin.</param>
public sealed record NormaliseStage(int Features, ScalarType Type, WeightArray Mean, WeightArray InvStd, WeightArray? Integer)
    : Stage(Features, Features)
{
    internal static NormaliseStage Lower(ProgramShape shape, WeightLayout layout) => new(
        shape.Features,
        shape.FeatureType,
        layout.Add("mean", WeightElement.F32, ModelProgram.Pad(shape.Features)),
        layout.Add("inv_std", WeightElement.F32, ModelProgram.Pad(shape.Features)),
        null);

    internal override Stage WithInteger(WeightLayout layout) => this with { Integer = layout.Add("int_input", WeightElement.Affine, Features) };

    internal override void Pack(ProgramWeights weights, WeightWriter writer)
    {
        WeightChecks.Length("mean", weights.Mean.Count, Features);
        WeightChecks.Length("inv_std", weights.InvStd.Count, Features);
        writer.Floats(Mean, weights.Mean);
        writer.Floats(InvStd, weights.InvStd);
    }

    internal override void PackInteger(IntegerWeights weights, WeightWriter writer) => writer.Affines(Integer!, weights.Input);

    internal override void Validate(IntegerWeights weights)
    {
        WeightChecks.Length("int_input", weights.Input.Count, Features);
        WeightChecks.Safe("int_input", weights.Input);
    }
}
