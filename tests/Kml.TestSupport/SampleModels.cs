using Kml.Model;
using static Kml.Model.EquatableArray;

namespace Kml.TestSupport;

/// <summary>Models as data, as the generator would make them.</summary>
public static class SampleModels
{
    /// <summary>The smallest model: no state, no updates, one feature.</summary>
    /// <returns>The model.</returns>
    public static ModelSpec Minimal()
    {
        Parameter queued = new("e", ParameterKind.Event, EventKind.BioQueue);
        Parameter issued = new("i", ParameterKind.Event, EventKind.BlockIssue);
        return new(
            "minimal",
            Of(EventKind.BioQueue, EventKind.BlockIssue),
            null,
            default,
            new(1, ScalarType.F32, new("Extract", Of(queued, new Parameter("x", ParameterKind.Features, null, ScalarType.F32)), new(Of<Statement>(
                Assign.Feature("x", 0, 1, new Conversion(ScalarType.F32, Read.Field(ScalarType.U32, "e", "Sectors"))))))),
            Of(new LayerSpec(1, LayerActivation.Identity)),
            new(ScalarType.F32, 0, EventKind.BioQueue, EventKind.BlockIssue, new("Wait", Of(queued, issued), new(Of<Statement>(
                new Return(new Conversion(ScalarType.F32, new Binary(
                    ScalarType.U64,
                    BinaryOperator.Subtract,
                    Read.Field(ScalarType.U64, "i", "TimeNs"),
                    Read.Field(ScalarType.U64, "e", "TimeNs")))))))),
            null,
            null,
            new(4096, RingWhenFull.Drop));
    }
}
