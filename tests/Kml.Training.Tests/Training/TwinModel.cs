using System;
using System.Runtime.InteropServices;
using Kml.Model;

namespace Kml.Training.Tests;

/// <summary><see cref="WaitModel"/> in integers: features in Q16, the label in whole microseconds, and so an integer twin.</summary>
internal sealed class TwinModel : IKernelModel
{
    public static ModelSpec Spec { get; } = TestModels.Spec("twin", 3, ScalarType.Q16, 0, new LayerSpec(16, LayerActivation.Relu), new LayerSpec(8, LayerActivation.Tanh), new LayerSpec(1, LayerActivation.Identity)) with
    {
        State = WaitModel.Spec.State,
        Label = WaitModel.Spec.Label with { Type = ScalarType.I32 },
        Verdict = new Method(
            "WillMiss",
            EquatableArray.Of(new Parameter("a", ParameterKind.Event, EventKind.BioQueue), new Parameter("value", ParameterKind.Scalar, null, ScalarType.I32)),
            new Block(default)),
    };

    public static string Name => "twin";

    public static string CanonicalText { get; } = ModelText.Write(Spec);

    public static string Fingerprint { get; } = ModelText.Fingerprint(Spec);

    public static bool TryFeatures(ReadOnlySpan<byte> from, ReadOnlySpan<byte> state, Span<uint> features)
    {
        WaitModel.Queue q = MemoryMarshal.Read<WaitModel.Queue>(state);
        features[0] = (uint)((Q16)q.Waiting).Raw;
        features[1] = (uint)((Q16)q.InFlight).Raw;
        features[2] = (uint)((Q16)(int)MemoryMarshal.Read<BioQueue>(from).Operation).Raw;
        return true;
    }

    public static bool TryLabel(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out uint label)
    {
        label = (uint)((MemoryMarshal.Read<BlockIssue>(to).TimeNs - MemoryMarshal.Read<BioQueue>(from).TimeNs) / 1000);
        return true;
    }

    public static bool TryVerdict(ReadOnlySpan<byte> from, uint value, out bool verdict)
    {
        verdict = (int)value > (MemoryMarshal.Read<BioQueue>(from).Operation == IoOperation.Read ? 300 : 700);
        return true;
    }

    public static bool TryPolicy(ReadOnlySpan<byte> from, uint prediction, out bool wouldAct)
    {
        wouldAct = false;
        return false;
    }

    public static bool TryUpdate(string eventName, ReadOnlySpan<byte> eventBytes, Span<byte> state) => true;
}
