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

    /// <summary>Writes the overloads of a class that is no model yet: they keep those who call them from being errors.</summary>
    public static void WriteStubs(SourceWriter writer, PredictSignature signature) => writer.Lines(
        "/// <summary>Predicts, once the class is a model.</summary>",
        $"{Head(signature, "FloatEngine")} => throw new global::System.NotSupportedException();",
        string.Empty,
        "/// <summary>Predicts, once the class is a model.</summary>",
        $"{Head(signature, "IntegerEngine")} => throw new global::System.NotSupportedException();");

    private static void One(SourceWriter writer, ParsedModel model, string network, string how)
    {
        FeaturesSpec features = model.Spec.Features;
        PredictSignature signature = PredictSignature.Of(model);
        string span = $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<uint, {ByteMethods.Element(features.Type)}>(features)";
        writer.Lines($"/// <summary>Predicts {how}; the bits are those that the module would compute.</summary>");
        writer.Lines("/// <param name=\"e\">The event at which the model predicts.</param>");
        if (signature.StateType is not null)
            writer.Lines("/// <param name=\"s\">The state as it was before that event.</param>");
        writer.Lines(
            "/// <param name=\"network\">The network, with the model's weights.</param>",
            "/// <returns>The predicted label.</returns>",
            "/// <exception cref=\"global::System.ArithmeticException\">The features method faulted; the module would not predict.</exception>",
            Head(signature, network)).Braced(() => writer.Lines(
                $"global::System.Span<uint> features = stackalloc uint[{features.Count}];",
                $"{ByteMethods.Call(model, features.Method, $"in e, {(signature.StateType is null ? string.Empty : "in s, ")}{span}")};",
                "uint prediction = network.Predict(features);",
                $"return {ByteMethods.FromBits(model.Label, "prediction")};"));
    }

    private static string Head(PredictSignature signature, string network)
    {
        string access = signature.Accessibility switch { Accessibility.Public => "public", Accessibility.Internal => "internal", _ => "private" };
        string state = signature.StateType is null ? string.Empty : $"in {signature.StateType} s, ";
        return $"{access} static {signature.Result} Predict(in {ByteMethods.EventType(signature.From)} e, {state}global::Kml.Inference.{network} network)";
    }
}
