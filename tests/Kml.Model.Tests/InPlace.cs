using Kml.Model.Lowering;

namespace Kml.Model.Tests;

/// <summary>A stage that works in place and has no weights: a kind that nothing knows.</summary>
/// <param name="Width">The length of the vector that it works on.</param>
internal sealed record InPlace(int Width) : Stage(Width, Width)
{
    /// <inheritdoc/>
    public override bool GivesVector => false;

    internal override Stage WithInteger(WeightLayout layout) => this;

    internal override void Pack(ProgramWeights weights, WeightWriter writer)
    {
    }

    internal override void PackInteger(IntegerWeights weights, WeightWriter writer)
    {
    }

    internal override void Validate(IntegerWeights weights)
    {
    }
}
