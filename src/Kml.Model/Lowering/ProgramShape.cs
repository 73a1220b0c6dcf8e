using System;
using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>All that the lowering of a dense network depends on.</summary>
/// <param name="Features">The number of features.</param>
/// <param name="FeatureType">F32, I32 or Q16.</param>
/// <param name="Layers">The layers, in the order in which data passes.</param>
/// <param name="OutputType">F32, I32 or Q16 of a regression, U32 of a classification.</param>
/// <param name="Classes">0 for a regression, else the number of classes.</param>
/// <param name="IntegerTwin">Whether the network also exists in integers.</param>
/// <param name="Confidences">The confidences that a classification gives beside the class, in the order of <see cref="ConfidenceCatalog"/>.</param>
public sealed record ProgramShape(
    int Features,
    ScalarType FeatureType,
    EquatableArray<LayerSpec> Layers,
    ScalarType OutputType,
    int Classes,
    bool IntegerTwin,
    EquatableArray<Confidence> Confidences = default)
{
    /// <summary>The most features, and the most units of a layer, that a network may have.</summary>
    public const int MaxWidth = 1024;

    /// <summary>Whether the network chooses a class: the index of the greatest output, the lowest among equals.</summary>
    public bool IsClassification => Classes > 0;

    /// <summary>The outputs of the last layer.</summary>
    public int Outputs => Layers[Layers.Count - 1].Units;

    /// <summary>
    /// The shape of a model's network. It has an integer twin if its features are integer or Q16 and nothing from the event
    /// to the policy computes in floating point.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>The shape.</returns>
    public static ProgramShape Of(ModelSpec model) => new(
        model.Features.Count,
        model.Features.Type,
        model.Layers,
        model.Label.Type,
        model.Label.Classes,
        model.Features.Type != ScalarType.F32
            && model.Label.Type != ScalarType.F32
            && !new[] { model.Features.Method, model.Label.Method, model.Verdict, model.Policy }.Any(m => FloatUse.In(m, new ModelFunctions(model.Functions))),
        ConfidenceCatalog.Of(model));

    /// <summary>Whether the network can be lowered: the checks of a declaration say what else is wrong.</summary>
    internal bool IsWell => Problem is null;

    private string? Problem
    {
        get
        {
            if (Features < 1)
                return $"A network needs at least one feature, not {Features}.";
            if (Layers.Count == 0 || Layers.Any(l => l.Units < 1))
                return "A network needs at least one layer, and each layer at least one unit.";
            if (Layers.FirstOrDefault(l => !Enum.IsDefined(typeof(LayerActivation), l.Activation)) is { } layer)
                return $"There is no activation {layer.Activation}.";
            if (Features > MaxWidth || Layers.Any(l => l.Units > MaxWidth))
                return $"A network is at most {MaxWidth} wide.";
            if (FeatureType is not (ScalarType.F32 or ScalarType.I32 or ScalarType.Q16))
                return $"Features are F32, I32 or Q16, not {FeatureType}.";
            if (!IsClassification && OutputType is not (ScalarType.F32 or ScalarType.I32 or ScalarType.Q16))
                return $"A regression's output is F32, I32 or Q16, not {OutputType}.";
            if (Outputs != (IsClassification ? Classes : 1))
                return $"The last layer has {Outputs} outputs, the head needs {(IsClassification ? Classes : 1)}.";
            if (Confidences.Count > 0 && (IntegerTwin || !IsClassification))
                return "Confidences are of a class, and floating point: neither a regression nor an integer twin has any.";
            if (IntegerTwin && (FeatureType == ScalarType.F32 || OutputType == ScalarType.F32))
                return "A network over floating-point features or labels has no integer twin.";
            return null;
        }
    }

    internal void Validate()
    {
        if (Problem is { } problem)
            throw new ArgumentException(problem);
    }
}
