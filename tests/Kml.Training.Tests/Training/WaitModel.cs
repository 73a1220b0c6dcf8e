using System;
using System.Runtime.InteropServices;
using Kml.Model;

namespace Kml.Training.Tests;

/// <summary>
/// A regression with verdict over a synthetic disk: the wait grows with two counts of the state, and the verdict's limit depends on the operation,
/// so that no single feature tells. Sectors = 0 makes the features fault, 1 makes one NaN.
/// </summary>
internal sealed class WaitModel : IKernelModel
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct Queue
    {
        public uint Waiting;
        public uint InFlight;
    }

    public static ModelSpec Spec { get; } = TestModels.Spec("wait", 4, ScalarType.F32, 0, new LayerSpec(16, LayerActivation.Relu), new LayerSpec(1, LayerActivation.Identity)) with
    {
        State = new StateSpec(StateScope.PerDevice, EquatableArray.Of(new FieldSpec("Waiting", ScalarType.U32), new FieldSpec("InFlight", ScalarType.U32))),
        Verdict = new Method(
            "WillMiss",
            EquatableArray.Of(new Parameter("a", ParameterKind.Event, EventKind.BioQueue), new Parameter("value", ParameterKind.Scalar, null, ScalarType.F32)),
            new Block(default)),
    };

    public static string Name => "wait";

    public static string CanonicalText { get; } = ModelText.Write(Spec);

    public static string Fingerprint { get; } = ModelText.Fingerprint(Spec);

    public static bool TryFeatures(ReadOnlySpan<byte> from, ReadOnlySpan<byte> state, Span<uint> features)
    {
        BioQueue e = MemoryMarshal.Read<BioQueue>(from);
        Queue q = MemoryMarshal.Read<Queue>(state);
        features[0] = BitConverter.SingleToUInt32Bits(e.Sectors == 1 ? float.NaN : q.Waiting);
        features[1] = BitConverter.SingleToUInt32Bits(q.InFlight);
        features[2] = BitConverter.SingleToUInt32Bits((int)e.Operation);
        features[3] = BitConverter.SingleToUInt32Bits(7f);
        return e.Sectors != 0;
    }

    public static bool TryLabel(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out uint label)
    {
        label = BitConverter.SingleToUInt32Bits((MemoryMarshal.Read<BlockIssue>(to).TimeNs - MemoryMarshal.Read<BioQueue>(from).TimeNs) / 1000f);
        return true;
    }

    public static bool TryVerdict(ReadOnlySpan<byte> from, uint value, out bool verdict)
    {
        verdict = BitConverter.UInt32BitsToSingle(value) > (MemoryMarshal.Read<BioQueue>(from).Operation == IoOperation.Read ? 300f : 700f);
        return true;
    }

    public static bool TryPolicy(ReadOnlySpan<byte> from, uint prediction, out bool wouldAct)
    {
        wouldAct = false;
        return false;
    }

    public static bool TryUpdate(string eventName, ReadOnlySpan<byte> eventBytes, Span<byte> state) => true;
}
