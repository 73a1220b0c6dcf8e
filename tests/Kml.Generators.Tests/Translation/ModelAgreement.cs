using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;

namespace Kml.Generators.Tests.Translation;

/// <summary>Runs a model's methods in .NET and in translation, and compares values, features, state, levers and faults.</summary>
internal static class ModelAgreement
{
    /// <summary>Fails where the two differ.</summary>
    /// <param name="runner">The model's own C#.</param>
    /// <param name="model">The model in translation.</param>
    /// <param name="bits">Draws the bits of a scalar of a type.</param>
    /// <param name="where">Where they come from, for the message.</param>
    public static void Check(ModelRunner runner, ModelSpec model, Func<ScalarType, ulong> bits, string where)
    {
        StructLayout state = StructLayout.Of(model.State?.Fields ?? default);
        Dictionary<EventKind, byte[]> events = model.Observes.ToDictionary(k => k, k => BodyMemory.Of(k.Info().Layout, s => bits(s.Type)));
        byte[] kept = BodyMemory.Of(state, s => bits(s.Type));
        uint value = model.Label.IsClassification ? (uint)(bits(ScalarType.U32) % (uint)model.Label.Classes) : (uint)bits(model.Label.Type);
        uint[] confidences = [.. ConfidenceCatalog.Of(model).Select(_ => (uint)bits(ScalarType.F32))];
        BodyOutcome Run(Method method) => BodyInterpreter.Run(model, method, Input(model, method, events, kept, value, confidences));

        uint[] features = new uint[model.Features.Count];
        bool done = runner.Features(events[model.From], kept, features);
        BodyOutcome expected = Run(model.Features.Method);
        done.ShouldBe(!expected.Faulted, $"features: {where}");
        if (done)
            features.ShouldBe(expected.Features.Select(f => Canonical(model.Features.Type, f)), $"features: {where}");

        done = runner.Label(events[model.From], events[model.To], out uint label);
        expected = Run(model.Label.Method);
        done.ShouldBe(!expected.Faulted, $"label: {where}");
        if (done)
            label.ShouldBe(Canonical(model.Label.Type, expected.Returned), $"label: {where}");

        if (model.Verdict is not null)
        {
            done = runner.Verdict(events[model.From], value, confidences, out bool verdict);
            expected = Run(model.Verdict);
            done.ShouldBe(!expected.Faulted, $"verdict: {where}");
            if (done)
                verdict.ShouldBe(expected.Returned != 0, $"verdict: {where}");

            // As of a label, which is certain.
            done = runner.Verdict(events[model.From], value, [], out verdict);
            expected = BodyInterpreter.Run(model, model.Verdict, Input(model, model.Verdict, events, kept, value, Certain(model)));
            (done, done && verdict).ShouldBe((!expected.Faulted, !expected.Faulted && expected.Returned != 0), $"verdict of a label: {where}");
        }

        if (model.Policy is not null)
        {
            done = runner.Policy(events[model.From], value, confidences, out bool wouldAct);
            expected = Run(model.Policy);
            done.ShouldBe(!expected.Faulted, $"policy: {where}");
            if (done)
                wouldAct.ShouldBe(!expected.Memory[model.Policy.Parameters[0].Name].SequenceEqual(events[model.From]), $"policy: {where}");
        }

        foreach (IGrouping<EventKind, Method> updates in model.Updates.GroupBy(u => u.Parameters[0].Event!.Value))
        {
            byte[] updated = [.. kept];
            done = runner.Update(updates.Key.Info().Word, events[updates.Key], updated);
            byte[] translated = [.. kept];
            bool faulted = false;
            foreach (Method update in updates)
            {
                if (faulted)
                    break;
                expected = BodyInterpreter.Run(model, update, Input(model, update, events, translated, value, confidences));
                translated = expected.Memory[update.Parameters[1].Name];
                faulted = expected.Faulted;
            }

            done.ShouldBe(!faulted, $"update: {where}");

            // What was written before a fault stays, in both.
            foreach (PlacedScalar scalar in state.Scalars)
                BodyMemory.Read(state, updated, scalar.Path).ShouldBe(BodyMemory.Read(state, translated, scalar.Path), $"update, {scalar.Path}: {where}");
        }
    }

    private static uint[] Certain(ModelSpec model) =>
        [.. ConfidenceCatalog.Of(model).Select(c => BitConverter.SingleToUInt32Bits(c == Confidence.Probability ? 1f : float.PositiveInfinity))];

    private static BodyInput Input(
        ModelSpec model, Method method, Dictionary<EventKind, byte[]> events, byte[] state, uint value, uint[] confidences)
    {
        BodyInput input = new();
        List<Confidence> given = [.. ConfidenceCatalog.Of(model)];
        foreach (Parameter parameter in method.Parameters)
        {
            switch (parameter.Kind)
            {
                case ParameterKind.Event:
                    input.Memory[parameter.Name] = events[parameter.Event!.Value];
                    break;
                case ParameterKind.State:
                    input.Memory[parameter.Name] = state;
                    break;
                case ParameterKind.Scalar when parameter.Confidence is Confidence confidence:
                    input.Scalars[parameter.Name] = confidences[given.IndexOf(confidence)];
                    break;
                case ParameterKind.Scalar:
                    input.Scalars[parameter.Name] = parameter.Type is ScalarType.I32 or ScalarType.Q16 ? unchecked((ulong)(int)value) : value;
                    break;
            }
        }

        return input;
    }

    private static uint Canonical(ScalarType type, ulong bits) =>
        type == ScalarType.F32 ? KmlMath.CanonicalBits(BitConverter.UInt32BitsToSingle((uint)bits)) : (uint)bits;
}
