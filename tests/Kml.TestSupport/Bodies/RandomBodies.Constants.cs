using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Model;

namespace Kml.TestSupport;

/// <content>Constants that are likely to find an edge.</content>
public sealed partial class RandomBodies
{
    private static readonly ulong[] Edges =
    [
        0, 1, 2, 3, 31, 32, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000,
        0x7fffffffffffffff, 0x8000000000000000, 0x8000008000000001, ulong.MaxValue, ulong.MaxValue - 1,
        unchecked((ulong)-32768), unchecked((ulong)int.MinValue),
    ];

    private static readonly float[] FloatEdges =
    [
        0f, -0f, 1f, -1f, 0.5f, 0.1f, 255f, 256.5f, -300f, 65536f, 2147483648f, -2147483648f, 4294967296f, 9.223372E18f, -9.223372E18f, 1.8446744E19f, 1e30f,
        float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    // On either side of an operator, where compilers fold: zeros, units, halves, and what absorbs, overflows or vanishes.
    private static readonly float[] FloatSides =
    [
        0f, -0f, 1f, -1f, 2f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        float.Epsilon, -float.Epsilon, 1.17549435E-38f, 0.5f, -2.75f, float.MaxValue, float.MinValue,
    ];

    private static readonly long[] WholeSides = [0, 1, -1, 2, 31, 32, 63, 64, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>The constants of a type that an operator may treat as special, on either of its sides.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The constants, zero first.</returns>
    public static IReadOnlyList<Constant> Sides(ScalarType type) => type == ScalarType.F32
        ? [.. FloatSides.Select(f => new Constant(type, BitConverter.SingleToUInt32Bits(f)))]
        : [.. WholeSides.Select(w => new Constant(type, type == ScalarType.Bool ? (ulong)w & 1 : Scalars.ToBits(Scalars.FromBits(type, (ulong)w)))).Distinct()];

    /// <summary>Random bits that are likely to find an edge.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The bits, as a constant of the type has them.</returns>
    public ulong Bits(ScalarType type)
    {
        if (type == ScalarType.F32)
        {
            float value = _random.Next(3) == 0 ? _random.Next(-100000, 100000) / 64f : FloatEdges[_random.Next(FloatEdges.Length)];
            return BitConverter.SingleToUInt32Bits(_random.Next(8) == 0 ? BitConverter.UInt32BitsToSingle((uint)_random.NextInt64()) : value);
        }

        ulong bits = _random.Next(4) switch
        {
            0 => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
            1 => (ulong)(long)_random.Next(-9, 10),
            _ => Edges[_random.Next(Edges.Length)],
        };
        return type == ScalarType.Bool ? bits & 1 : Scalars.ToBits(Scalars.FromBits(type, bits));
    }
}
