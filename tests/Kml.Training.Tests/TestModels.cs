using Kml.Model;

namespace Kml.Training.Tests;

/// <summary>Models made by hand; their bodies are empty, as nothing here translates them.</summary>
internal static class TestModels
{
    /// <summary>A model; a regression's label has the features' type.</summary>
    internal static ModelSpec Spec(string name, int features, ScalarType type, int classes, params LayerSpec[] layers)
    {
        Block empty = new(default);
        Parameter from = new("a", ParameterKind.Event, EventKind.BioQueue);
        Parameter to = new("b", ParameterKind.Event, EventKind.BlockIssue);
        ScalarType label = classes > 0 ? ScalarType.U32 : type;
        return new ModelSpec(
            name,
            EquatableArray.Of(EventKind.BioQueue, EventKind.BlockIssue),
            null,
            default,
            new FeaturesSpec(features, type, new Method("Extract", EquatableArray.Of(from, new Parameter("x", ParameterKind.Features, null, type)), empty)),
            new(layers),
            new LabelSpec(label, classes, EventKind.BioQueue, EventKind.BlockIssue, new Method("Label", EquatableArray.Of(from, to), empty)),
            null,
            null,
            new RingSpec(4096, RingWhenFull.Drop));
    }
}
