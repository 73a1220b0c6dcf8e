using System;
using Kml.Model;

namespace Kml.Training;

/// <summary>Numbers that travel as 32 bits.</summary>
internal static class ScalarBits
{
    /// <summary>The number that bits stand for, as the float engine reads it.</summary>
    /// <param name="type">F32, Q16, I32, or U32 for a class.</param>
    /// <param name="bits">The bits.</param>
    /// <returns>The number.</returns>
    internal static float ToSingle(ScalarType type, uint bits) => type switch
    {
        ScalarType.F32 => BitConverter.UInt32BitsToSingle(bits),
        ScalarType.Q16 => (float)Q16.FromRaw((int)bits),
        ScalarType.U32 => bits,
        _ => (int)bits,
    };
}
