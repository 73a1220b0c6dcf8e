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
}
