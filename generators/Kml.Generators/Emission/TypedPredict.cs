using System.Linq;
using Kml.Generators.Parsing.Declarations;
using Kml.Model;
using Kml.Model.Lowering;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Emission;

/// <summary>Writes the typed Predict: the user's features, then a managed network.</summary>
internal static class TypedPredict
{
    /// <summary>Writes one overload for each engine that the model has.</summary>
    public static void Write(SourceWriter writer, ParsedModel model)
    {
        One(writer, model, "FloatEngine", "in floating point");
        if (ProgramShape.Of(model.Spec).IntegerTwin)
            One(writer.Lines(string.Empty), model, "IntegerEngine", "in integers, as where the FPU may not be used");
    }

    private static void One(SourceWriter writer, ParsedModel model, string network, string how)
    {
        FeaturesSpec features = model.Spec.Features;
        bool readsState = features.Method.Parameters.Any(p => p.Kind == ParameterKind.State);
        string access = Access(model, readsState);
        string span = $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<uint, {ByteMethods.Element(features.Type)}>(features)";
        string state = readsState ? $"in {model.StateType} s, " : string.Empty;
        writer.Lines($"/// <summary>Predicts {how}; the bits are those that the module would compute.</summary>");
        writer.Lines("/// <param name=\"e\">The event at which the model predicts.</param>");
        if (readsState)
            writer.Lines("/// <param name=\"s\">The state as it was before that event.</param>");
        writer.Lines(
            "/// <param name=\"network\">The network, with the model's weights.</param>",
            "/// <returns>The predicted label.</returns>",
            "/// <exception cref=\"global::System.ArithmeticException\">The features method faulted; the module would not predict.</exception>",
            $"{access} static {model.Label.ClrType} Predict(in {ByteMethods.EventType(model.Spec.From)} e, "
            + $"{state}global::Kml.Inference.{network} network)").Braced(() => writer.Lines(
                $"global::System.Span<uint> features = stackalloc uint[{features.Count}];",
                $"{ByteMethods.Call(model, features.Method, $"in e, {(readsState ? "in s, " : string.Empty)}{span}")};",
                "uint prediction = network.Predict(features);",
                $"return {ByteMethods.FromBits(model.Label, "prediction")};"));
    }

    private static string Access(ParsedModel model, bool readsState)
    {
        Accessibility least = model.Label.Accessibility;
        if (readsState && model.StateAccessibility < least)
            least = model.StateAccessibility;
        return least switch { Accessibility.Public => "public", Accessibility.Internal => "internal", _ => "private" };
    }
}
