using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Declarations;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;

namespace Kml.Generators.Emission;

/// <summary>
/// Writes the methods of <c>IKernelModel</c> that run the user's own over bytes. They read the bytes before the try block:
/// a buffer of the wrong size is the caller's mistake and must not pass for a fault of the model.
/// </summary>
internal static class ByteMethods
{
    // What the bodies' faults throw: division by zero, overflow, Math.Sign of NaN; an index; crossed bounds of Math.Clamp; no arm of a switch expression.
    private const string Catch =
        "catch (global::System.Exception fault) when (fault is global::System.ArithmeticException "
        + "or global::System.IndexOutOfRangeException or global::System.ArgumentException "
        + "or global::System.Runtime.CompilerServices.SwitchExpressionException)";

    // A step into one of them leads into the user's method.
    private const string Passed = "[global::System.Diagnostics.DebuggerNonUserCode]";

    /// <summary>Writes TryFeatures.</summary>
    public static void Features(SourceWriter writer, ParsedModel model)
    {
        FeaturesSpec features = model.Spec.Features;
        bool readsState = features.Method.Parameters.Any(p => p.Kind == ParameterKind.State);
        string element = Element(features.Type);
        writer.Lines(
            "/// <inheritdoc/>",
            Passed,
            $"{ModelEmitter.Member(model.Taken, "bool", "TryFeatures")}(global::System.ReadOnlySpan<byte> from, "
            + "global::System.ReadOnlySpan<byte> state, global::System.Span<uint> features)").Braced(() =>
        {
            writer.Lines($"{EventType(model.Spec.From)} e = global::System.Runtime.InteropServices.MemoryMarshal.Read<{EventType(model.Spec.From)}>(from);");
            if (readsState)
                writer.Lines($"{model.StateType} s = global::System.Runtime.InteropServices.MemoryMarshal.Read<{model.StateType}>(state);");
            writer.Lines(
                $"global::System.Span<{element}> x = "
                + $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<uint, {element}>(features.Slice(0, {features.Count}));",
                "x.Clear();",
                "try").Braced(() =>
            {
                writer.Lines($"{Call(model, features.Method, readsState ? "in e, in s, x" : "in e, x")};");
                if (features.Type == ScalarType.F32)
                {
                    writer.Lines($"for (int i = 0; i < {features.Count}; i++)");
                    writer.Lines("    features[i] = global::Kml.KmlMath.CanonicalBits(x[i]);");
                }

                writer.Lines("return true;");
            });
            Otherwise(writer, []);
        });
    }

    /// <summary>Writes TryLabel.</summary>
    public static void Label(SourceWriter writer, ParsedModel model)
    {
        writer.Lines(
            "/// <inheritdoc/>",
            Passed,
            $"{ModelEmitter.Member(model.Taken, "bool", "TryLabel")}(global::System.ReadOnlySpan<byte> from, "
            + "global::System.ReadOnlySpan<byte> to, out uint label)").Braced(() =>
        {
            writer.Lines(
                $"{EventType(model.Spec.From)} a = global::System.Runtime.InteropServices.MemoryMarshal.Read<{EventType(model.Spec.From)}>(from);",
                $"{EventType(model.Spec.To)} b = global::System.Runtime.InteropServices.MemoryMarshal.Read<{EventType(model.Spec.To)}>(to);",
                "try").Braced(() => writer.Lines(
                    $"label = {ToBits(model.Label, Call(model, model.Spec.Label.Method, "in a, in b"))};",
                    "return true;"));
            Otherwise(writer, ["label = 0;"]);
        });
    }

    /// <summary>Writes TryVerdict.</summary>
    public static void Verdict(SourceWriter writer, ParsedModel model)
    {
        writer.Lines(
            "/// <inheritdoc/>",
            Passed,
            $"{ModelEmitter.Member(model.Taken, "bool", "TryVerdict")}(global::System.ReadOnlySpan<byte> from, "
            + "uint value, global::System.ReadOnlySpan<uint> confidences, out bool verdict)").Braced(() =>
        {
            if (model.Spec.Verdict is null)
            {
                writer.Lines("verdict = false;", "return false;");
                return;
            }

            writer.Lines(
                $"{EventType(model.Spec.From)} e = global::System.Runtime.InteropServices.MemoryMarshal.Read<{EventType(model.Spec.From)}>(from);",
                "try").Braced(() => writer.Lines(
                    $"verdict = {Call(model, model.Spec.Verdict, $"in e, {FromBits(model.Label, "value")}{Confidences(model, model.Spec.Verdict)}")};",
                    "return true;"));
            Otherwise(writer, ["verdict = false;"]);
        });
    }

    /// <summary>Writes TryPolicy.</summary>
    public static void Policy(SourceWriter writer, ParsedModel model)
    {
        writer.Lines(
            "/// <inheritdoc/>",
            Passed,
            $"{ModelEmitter.Member(model.Taken, "bool", "TryPolicy")}(global::System.ReadOnlySpan<byte> from, "
            + "uint prediction, global::System.ReadOnlySpan<uint> confidences, out bool wouldAct)").Braced(() =>
        {
            if (model.Spec.Policy is null)
            {
                writer.Lines("wouldAct = false;", "return false;");
                return;
            }

            writer.Lines(
                $"{EventType(model.Spec.From)} before = global::System.Runtime.InteropServices.MemoryMarshal.Read<{EventType(model.Spec.From)}>(from);",
                $"{EventType(model.Spec.From)} e = before;",
                "try").Braced(() => writer.Lines(
                    $"{Call(model, model.Spec.Policy, $"ref e, {FromBits(model.Label, "prediction")}{Confidences(model, model.Spec.Policy)}")};",
                    "wouldAct = !e.Equals(before);",
                    "return true;"));
            Otherwise(writer, ["wouldAct = false;"]);
        });
    }

    /// <summary>Writes TryUpdate.</summary>
    public static void Update(SourceWriter writer, ParsedModel model)
    {
        writer.Lines(
            "/// <inheritdoc/>",
            Passed,
            $"{ModelEmitter.Member(model.Taken, "bool", "TryUpdate")}(string eventName, "
            + "global::System.ReadOnlySpan<byte> eventBytes, global::System.Span<byte> state)").Braced(() =>
        {
            // In the catalogue's order, whatever the order of declaration, so that the text does not depend on it.
            IEnumerable<IGrouping<EventKind, Method>> byEvent = model.Spec.Updates.GroupBy(u => u.Parameters[0].Event!.Value).OrderBy(g => g.Key);
            foreach (IGrouping<EventKind, Method> updates in byEvent)
            {
                writer.Lines($"if (eventName == \"{updates.Key.Info().Word}\")").Braced(() =>
                {
                    writer.Lines(
                        $"{EventType(updates.Key)} e = global::System.Runtime.InteropServices.MemoryMarshal.Read<{EventType(updates.Key)}>(eventBytes);",
                        $"ref {model.StateType} s = ref global::System.Runtime.InteropServices.MemoryMarshal.AsRef<{model.StateType}>(state);",
                        "try").Braced(() => writer.Lines([.. updates.Select(u => $"{Call(model, u, "in e, ref s")};"), "return true;"]));
                    Otherwise(writer, []);
                });
                writer.Lines(string.Empty);
            }

            writer.Lines("return true;");
        });
    }

    /// <summary>The C# name of a feature's type.</summary>
    public static string Element(ScalarType type) =>
        type switch { ScalarType.F32 => "float", ScalarType.Q16 => "global::Kml.Q16", _ => "int" };

    private static void Otherwise(SourceWriter writer, string[] results) =>
        writer.Lines(Catch).Braced(() => writer.Lines([.. results, "return false;"]));

    /// <summary>A call of the user's method.</summary>
    /// <remarks>Through the class, because a local of the emitted method may have the method's name.</remarks>
    public static string Call(ParsedModel model, Method method, string arguments) => $"{model.ClassType}.{AttributeReading.Escaped(method.Name)}({arguments})";

    /// <summary>The C# name of an event.</summary>
    public static string EventType(EventKind kind) => "global::" + kind.Info().ClrName;

    /// <summary>The confidences that a method takes, as arguments: without any given, those of what is certain.</summary>
    private static string Confidences(ParsedModel model, Method method)
    {
        List<Confidence> given = [.. ConfidenceCatalog.Of(model.Spec)];
        return string.Concat(ConfidenceCatalog.Of(method).Select(s => FormattableString.Invariant(
            $", confidences.IsEmpty ? {Literal(s.Info().Certain)} : global::System.BitConverter.UInt32BitsToSingle(confidences[{given.IndexOf(s)}])")));
    }

    private static string Literal(float value) =>
        float.IsPositiveInfinity(value) ? "float.PositiveInfinity" : FormattableString.Invariant($"{value:R}f");

    private static string ToBits(LabelType label, string value) => label.Form switch
    {
        LabelForm.Float => $"global::Kml.KmlMath.CanonicalBits({value})",
        LabelForm.Q16 => $"unchecked((uint){value}.Raw)",
        LabelForm.Bool => $"{value} ? 1u : 0u",
        _ => $"unchecked((uint){value})",
    };

    /// <summary>A label from its 32 bits.</summary>
    public static string FromBits(LabelType label, string bits) => label.Form switch
    {
        LabelForm.Float => $"global::System.BitConverter.UInt32BitsToSingle({bits})",
        LabelForm.Q16 => $"global::Kml.Q16.FromRaw(unchecked((int){bits}))",
        LabelForm.Bool => $"{bits} != 0",
        _ => $"unchecked(({label.ClrType}){bits})",
    };
}
