using System;
using System.Runtime.InteropServices;
using Kml.Model.Lowering;

namespace Kml.Inference.Stages;

/// <summary>The bytes of a weights struct, read array by array, as the emitted C reads them.</summary>
/// <param name="bytes">The bytes.</param>
internal sealed class PackedWeights(byte[] bytes)
{
    public ReadOnlySpan<float> Floats(WeightArray array) => Array<float>(array);

    public ReadOnlySpan<long> Pairs(WeightArray array) => Array<long>(array);

    public ReadOnlySpan<Affine> Affines(WeightArray array) => Array<Affine>(array);

    private ReadOnlySpan<T> Array<T>(WeightArray array)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes.AsSpan(array.Offset, array.Bytes));
}
