using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Kml.Differential;

/// <summary>Words that an operation is tried on, each of one array with those of the others at its place.</summary>
/// <param name="A">The first arguments.</param>
/// <param name="B">The second ones.</param>
/// <param name="C">The third ones.</param>
internal sealed record OperationArguments(ulong[] A, ulong[] B, ulong[] C)
{
    private const int Cases = 4000;
    private const ulong Seed = 4020260;

    private static readonly ulong[] Octets = [.. Enumerable.Range(0, 256).Select(n => (ulong)n)];
    private static readonly ulong[] Thirds = [0, 1, 5, 31, 32, 63, ulong.MaxValue];

    // Every power of two; its neighbours and negatives where types end.
    private static readonly ulong[] Edges =
    [
        .. Enumerable.Range(0, 64).Select(n => 1UL << n)
            .Union(new[] { 0, 1, 7, 8, 15, 16, 31, 32, 63 }.SelectMany(n => new[] { (1UL << n) - 1, (1UL << n) + 1, 0 - (1UL << n), ~(1UL << n) })),
    ];

    // Around every whole number and half where roundings differ, and at the ends of every class of floats.
    private static readonly ulong[] FloatEdges =
    [
        .. new[] { 0f, float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, 2.3509886e-38f, 0.49999997f, 0.5f, 0.50000006f, 0.99999994f, 1f, 1.0000001f, 1.5f }
            .Concat([2f, 2.5f, 3.5f, 4f, 127f, 128f, 255f, 32767.5f, 65535f, 65536f])
            .Concat([4194303.5f, 4194304.5f, 8388607f, 8388607.5f, 8388608f, 8388609f, 16777216f])
            .Concat([2147483520f, 2147483648f, 4294967040f, 4294967296f, 9.2233715e18f, 9.223372e18f, 1.8446743e19f, 1.8446744e19f])
            .Concat([float.MaxValue, float.PositiveInfinity, float.NaN])
            .SelectMany(f => new[] { f, -f }).Select(f => (ulong)BitConverter.SingleToUInt32Bits(f)),
        0x7f800001, 0xffa12345,
    ];

    private static readonly Gen<ulong> Word = Gen.Frequency(
        (3, Gen.Choose(0, 65535).Four().Select(t => ((ulong)t.Item1 << 48) | ((ulong)t.Item2 << 32) | ((ulong)t.Item3 << 16) | (uint)t.Item4)),
        (3, Gen.Choose(-70, 70).Select(i => (ulong)i)),
        (2, Draw.AnyFloatBits.Select(b => (ulong)b)),
        (1, Gen.Elements(
            0x7fffffffUL, 0x80000000UL, 0xffffffff80000000UL, 0x7fffffffffffffffUL, 0x8000000000000000UL, 0xffffffffffffffffUL, 0x80UL, 0x8000UL,
            0x8000008000000001UL, 0x0040000040000001UL, 0x7fffffbfffffffffUL)),
        (1, Gen.Elements(2147483648f, -2147483648f, 4294967296f, 9.223372e18f, -9.223372e18f, 1.8446744e19f, 2147483520f, 255.5f, -0.99f, 32767.5f)
            .Select(f => (ulong)BitConverter.SingleToUInt32Bits(f))));

    /// <summary>All pairs of edges.</summary>
    /// <param name="operation">The operation, whose type says which these are.</param>
    /// <returns>The arguments.</returns>
    public static OperationArguments AtEdges(Operation operation)
    {
        ulong[] edges = operation.Argument switch { "float" => FloatEdges, "kml_u8" or "kml_s8" => Octets, _ => Edges };
        ulong[] a = [.. edges.SelectMany(x => Enumerable.Repeat(x, edges.Length))];
        ulong[] b = [.. edges.SelectMany(_ => edges)];
        return new(a, b, [.. a.Select((x, n) => n % 3 == 0 ? edges[n / 3 % edges.Length] : Thirds[n % Thirds.Length])]);
    }

    /// <summary>Words drawn at random.</summary>
    /// <param name="draw">Which of many draws.</param>
    /// <returns>The arguments.</returns>
    public static OperationArguments Drawn(int draw)
    {
        Draw words = new(Seed + (3 * (ulong)draw));
        return new(words.Many(Word, Cases), words.Many(Word, Cases), words.Many(Word, Cases));
    }
}
