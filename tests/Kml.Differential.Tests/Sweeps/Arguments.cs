using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Differential;

/// <summary>Arguments of functions of 32 bits.</summary>
/// <param name="Count">How many.</param>
/// <param name="At">One of them, by its place.</param>
internal sealed record Arguments(long Count, Func<long, uint> At)
{
    // What rounds up, down, and what is halfway, at both ends of a binade and in its middle.
    // And where logarithms and tanh take another way: at the root of 2, and at 0x3e00b780.
    private static readonly uint[] Significands =
    [
        0, 1, 2, 3, 0x00b77f, 0x00b780, 0x00b781, 0x3504f2, 0x3504f3, 0x3504f4, 0x3ffffe, 0x3fffff, 0x400000, 0x400001, 0x7ffffd, 0x7ffffe, 0x7fffff,
    ];

    /// <summary>The edges of every exponent, with both signs; zeros, infinities and NaNs are among them.</summary>
    public static IEnumerable<uint> Edges =>
        from exponent in Enumerable.Range(0, 512) from significand in Significands select ((uint)exponent << 23) | significand;

    /// <summary>Where the functions of <see cref="KmlMath"/> are steep, densely.</summary>
    public static IEnumerable<uint> Steep => Enumerable.Range(-110 * 512, 220 * 512).Select(n => BitConverter.SingleToUInt32Bits(n / 512f));

    /// <summary>All of them.</summary>
    public IEnumerable<uint> All
    {
        get
        {
            for (long i = 0; i < Count; i++)
                yield return At(i);
        }
    }

    /// <summary>Every <paramref name="stride"/>th of all; of them every one has its turn at 1.</summary>
    public static Arguments EveryNth(uint stride) => new((uint.MaxValue / stride) + 1L, i => (uint)(i * stride));

    public static Arguments Of(uint[] list) => new(list.Length, i => list[i]);
}
