using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Quantise;

/// <summary>
/// Rounds to bfloat16, the upper half of a float's bits, up with the chance that the lower half says: what lies a quarter of the way goes up
/// one time in four. The mean is then the number itself.
/// </summary>
internal static class StochasticRounding
{
    private const uint Kept = 0xffff0000, Exponent = 0x7f800000, Largest = 0x7f7f0000, Sign = 0x80000000;

    /// <summary>
    /// Rounds in place. What is drawn for a number is a function of the key and of the number's place, whatever part of the array is done in a call.
    /// </summary>
    /// <param name="values">The numbers; a multiple of 16. Infinities and NaN stay.</param>
    /// <param name="random">The source, with a key of its own for every step.</param>
    /// <param name="first">The place of the first number in the whole array, a multiple of 32.</param>
    internal static void ToBFloat16(Span<float> values, CounterRandomness random, int first)
    {
        Span<Vector512<uint>> bits = MemoryMarshal.Cast<float, Vector512<uint>>(values);
        Vector512<uint> half = Vector512.Create(0xffffu);
        for (int i = 0; i < bits.Length; i += 2)
        {
            (Vector512<uint> even, Vector512<uint> odd) = random.Draw(
                Vector512<uint>.Indices + Vector512.Create((uint)(first + (i * 16))),
                Vector512<uint>.Zero);
            bits[i] = Round(bits[i], even & half);
            if (i + 1 < bits.Length)
                bits[i + 1] = Round(bits[i + 1], odd & half);
        }
    }

    /// <summary>A carry out of the lower half goes up to the next number, through the exponent too; only the greatest have no next one.</summary>
    private static Vector512<uint> Round(Vector512<uint> bits, Vector512<uint> draw)
    {
        Vector512<uint> special = Vector512.Equals(bits & Vector512.Create(Exponent), Vector512.Create(Exponent));
        Vector512<uint> rounded = (bits + draw) & Vector512.Create(Kept);
        Vector512<uint> sign = bits & Vector512.Create(Sign);
        Vector512<uint> held = Vector512.Min(rounded & ~Vector512.Create(Sign), Vector512.Create(Largest)) | sign;
        return Vector512.ConditionalSelect(special, bits, held);
    }
}
