using System;
using System.Runtime.InteropServices;
using Kml.Model;

namespace Kml.Training.Tests;

/// <summary>A classification without state or verdict: into which of three classes a size falls, from its square root and noise.</summary>
internal sealed class SizeModel : IKernelModel
{
    public static ModelSpec Spec { get; } = TestModels.Spec("size", 2, ScalarType.F32, 3, new LayerSpec(8, LayerActivation.Tanh), new LayerSpec(3, LayerActivation.Identity));

    public static string Name => "size";

    public static string CanonicalText { get; } = ModelText.Write(Spec);

    public static string Fingerprint { get; } = ModelText.Fingerprint(Spec);

    public static bool TryFeatures(ReadOnlySpan<byte> from, ReadOnlySpan<byte> state, Span<uint> features)
    {
        BioQueue e = MemoryMarshal.Read<BioQueue>(from);
        features[0] = BitConverter.SingleToUInt32Bits(MathF.Sqrt(e.Sectors));
        features[1] = BitConverter.SingleToUInt32Bits(e.Cpu);
        return true;
    }

    public static bool TryLabel(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out uint label)
    {
        uint sectors = MemoryMarshal.Read<BioQueue>(from).Sectors;
        label = sectors < 300 ? 0u : sectors < 700 ? 1u : 2u;
        return true;
    }

    public static bool TryVerdict(ReadOnlySpan<byte> from, uint value, out bool verdict)
    {
        verdict = false;
        return false;
    }

    public static bool TryPolicy(ReadOnlySpan<byte> from, uint prediction, out bool wouldAct)
    {
        wouldAct = false;
        return false;
    }

    public static bool TryUpdate(string eventName, ReadOnlySpan<byte> eventBytes, Span<byte> state) => true;
}
