using Kml.KmodGen.Data;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen;

/// <summary>What a model's files are rendered from, and what follows from it directly.</summary>
/// <param name="Target">What it is emitted as.</param>
/// <param name="Model">The model.</param>
/// <param name="Weights">Its weights, or null.</param>
/// <param name="ToolVersion">The version that the banners name.</param>
internal sealed record RenderInput(Target Target, ModelSpec Model, WeightsFile? Weights, string ToolVersion)
{
    /// <summary>The model's names in C.</summary>
    public CNames Names { get; } = new(Model.Name);

    /// <summary>Where the model's code may run.</summary>
    public ModelTraits Traits { get; } = ModelTraits.Of(Model);

    /// <summary>The program of its network.</summary>
    public ModelProgram Program { get; } = ModelProgram.For(Model);

    /// <summary>The comment with which each file of the model begins.</summary>
    public string Banner { get; } = Templating.Banner.Of(Model, Weights, ToolVersion);

    /// <summary>The weights as the bytes of their struct, or null.</summary>
    public byte[]? WeightBytes { get; } = Weights is null ? null : WeightsData.Bytes(Model, Weights);
}
